import { CheckCircleOutlined, ExclamationCircleOutlined, EyeOutlined, MinusCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const LOOK: Record<string, { color?: string; icon: ReactNode }> = {
  no_data: { icon: <MinusCircleOutlined /> },
  none: { color: 'default', icon: <CheckCircleOutlined /> },
  attention: { color: 'gold', icon: <EyeOutlined /> },
  signs: { color: 'orange', icon: <ExclamationCircleOutlined /> },
  strong: { color: 'volcano', icon: <WarningOutlined /> },
};

/** Level of evidence in words, with a sign beside the colour. */
export function EvidenceTag({ level }: { level: string }) {
  const { t } = useTranslation('evidence');
  const look = LOOK[level] ?? LOOK.no_data;
  return <Tag className="oko-tag" color={look.color} icon={look.icon}>{t(`level.${level}`)}</Tag>;
}
