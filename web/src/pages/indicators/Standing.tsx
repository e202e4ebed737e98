import { CheckCircleOutlined, ExclamationCircleOutlined, InfoCircleOutlined, MinusOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';

import type { Schemas } from '../../api/client';

const LOOK: Record<Schemas['Standing'], { color?: string; icon: ReactNode }> = {
  reached: { color: 'success', icon: <CheckCircleOutlined /> },
  attention: { color: 'warning', icon: <ExclamationCircleOutlined /> },
  not_reached: { color: 'processing', icon: <InfoCircleOutlined /> },
  no_target: { icon: <MinusOutlined /> },
  no_data: { icon: <MinusOutlined /> },
};

/** How a value stands to its target, in the server's words with a sign of its own. */
export function Standing({ standing, text }: { standing: Schemas['Standing']; text: string }) {
  return <Tag color={LOOK[standing].color} icon={LOOK[standing].icon} className="oko-state">{text}</Tag>;
}
