import { Pagination } from 'antd';
import { useTranslation } from 'react-i18next';

import { PAGE_SIZE } from '../../parts/DataTable';
import { usePageNames } from '../../parts/pageNames';

/** Pages of a list that is no table. */
export function Turn({ total, paging }: { total: number; paging: { page: number; turn: (page: number) => void } }) {
  const { t } = useTranslation();
  const names = usePageNames();
  if (total <= PAGE_SIZE) return null;
  return <Pagination current={paging.page} total={total} pageSize={PAGE_SIZE} showSizeChanger={false} showTotal={(all) => t('app:table.total', { count: all })} onChange={paging.turn} itemRender={names} />;
}
