import { Calendar } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { clockOf } from './event';

/** A month of events; only the weeks that are shown are asked for. Which month stands in the address. */
export default function EventCalendar({ unit }: { unit: number | null }) {
  const { t } = useTranslation('events');
  const keep = useKeep();
  const [search, setSearch] = useSearchParams();
  const text = search.get('month');
  const month = text && /^\d{4}-\d{2}$/.test(text) ? dayjs(`${text}-01`) : dayjs();
  const from = month.startOf('month').subtract(7, 'day').format('YYYY-MM-DD');
  const until = month.endOf('month').add(14, 'day').format('YYYY-MM-DD');
  const asked = $api.useQuery('get', '/events', { params: { query: { due_from: from, due_until: until, limit: 1000, sort: 'due', ...(unit === null ? {} : { unit }) } } }, { placeholderData: (old) => old });
  const on = (day: Dayjs) => (asked.data?.items ?? []).filter((one) => one.due === day.format('YYYY-MM-DD') && one.state !== 'cancelled');
  const turn = (day: Dayjs) => setSearch((old) => { const next = new URLSearchParams(old); next.set('month', day.format('YYYY-MM')); return next; });
  return (
    <>
      <ProblemAlert error={asked.error} onRetry={() => void asked.refetch()} />
      <p role="status" className="oko-quiet">{asked.data && t('in-month', { count: asked.data.items.filter((one) => one.due?.slice(0, 7) === month.format('YYYY-MM') && one.state !== 'cancelled').length })}</p>
      <div className="oko-calendar">
        <Calendar value={month} onPanelChange={turn} onSelect={(day, { source }) => { if (source !== 'date') turn(day); }}
          cellRender={(day, info) => (info.type === 'date' ? (
            <ul>
              {on(day).map((one) => <li key={one.id}><Link to={keep(`/events/${one.id}`)} title={one.title}>{clockOf(one.body.from)} {one.title}</Link></li>)}
            </ul>
          ) : null)} />
      </div>
    </>
  );
}
