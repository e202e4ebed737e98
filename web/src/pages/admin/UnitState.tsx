import { CheckCircleOutlined, ExclamationCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Unit } from './units';

export function UnitState({ unit }: { unit: Unit }) {
  const { t } = useTranslation('admin');
  if (unit.valid_to !== null) return <Tag icon={<StopOutlined />}>{t('units.closed', { year: unit.valid_to })}</Tag>;
  return unit.confirmed
    ? <Tag icon={<CheckCircleOutlined />} color="success">{t('units.confirmed')}</Tag>
    : <Tag icon={<ExclamationCircleOutlined />} color="warning">{t('units.unconfirmed')}</Tag>;
}
