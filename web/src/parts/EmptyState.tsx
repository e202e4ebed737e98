import { Empty } from 'antd';
import type { ReactNode } from 'react';

/** Nothing is here: why, and what comes next. */
export function EmptyState({ why, next }: { why: ReactNode; next?: ReactNode }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span>{why}</span>}>{next}</Empty>;
}
