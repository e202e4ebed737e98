import { CheckCircleOutlined, CloudSyncOutlined, DisconnectOutlined, EditOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { SaveState } from './useFilling';

const ICONS: Record<SaveState, ReactNode> = {
  saved: <CheckCircleOutlined />, waiting: <EditOutlined />, saving: <CloudSyncOutlined />, offline: <DisconnectOutlined />, refused: <ExclamationCircleOutlined />,
};
const TYPES: Partial<Record<SaveState, 'success' | 'warning' | 'danger'>> = { saved: 'success', offline: 'warning', refused: 'danger' };

/** Its buttons stand first: words of another length must not move them under the pointer. Then: whether what was typed is on the server, and since when. */
export function SaveBar({ state, at, children }: { state: SaveState; at: Date | null; children?: ReactNode }) {
  const { t, i18n } = useTranslation(['monitoring']);
  const time = at?.toLocaleTimeString(i18n.language === 'en' ? 'en-GB' : 'ru-RU', { hour: '2-digit', minute: '2-digit' });
  const words = state === 'saved' ? (time ? t('save.saved-at', { time }) : t('save.saved')) : t(`save.${state}`);
  return (
    <div className="oko-saved oko-no-print">
      {children}
      <Typography.Text type={TYPES[state]} role="status" className="oko-save-state">{ICONS[state]} {words}</Typography.Text>
    </div>
  );
}
