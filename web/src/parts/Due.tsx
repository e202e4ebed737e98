import { ExclamationCircleOutlined } from '@ant-design/icons';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { useFormat } from './format';

/** A deadline in words: how long there is, or how long ago it passed. */
export function Due({ due, overdue }: { due: string; overdue: boolean }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  if (!due) return <span className="oko-quiet">{t('due.none')}</span>;
  const days = dayjs(due).startOf('day').diff(dayjs().startOf('day'), 'day');
  if (overdue) return <span className="oko-late"><ExclamationCircleOutlined /> {days < -60 ? t('due.past', { date: format.date(due) }) : t('due.late', { date: format.date(due), count: Math.max(1, -days) })}</span>;
  return <span>{days >= 0 && days <= 14 ? t('due.soon', { date: format.date(due), count: days }) : t('due.until', { date: format.date(due) })}</span>;
}
