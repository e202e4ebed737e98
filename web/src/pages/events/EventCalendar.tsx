import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import type { RecordLevel } from '../../parts/LevelFilter';
import { Loaded } from '../../parts/Loaded';
import { MonthCalendar } from '../../parts/MonthCalendar';
import '../../styles/cases.css';
import { clockOf, type Event } from './event';

const dayOf = (one: Event): string => one.due ?? '';

/** A month of events; only the weeks that are shown are asked for. Which month stands in the address. */
export default function EventCalendar({ unit, level }: { unit: number | null; level: RecordLevel | undefined }) {
  const { t } = useTranslation(['events', 'records']);
  const keep = useKeep();
  const [search, setSearch] = useSearchParams();
  const text = search.get('month');
  const month = text && /^\d{4}-\d{2}$/.test(text) ? text : dayjs().format('YYYY-MM');
  const from = dayjs(`${month}-01`).subtract(7, 'day').format('YYYY-MM-DD');
  const until = dayjs(`${month}-01`).endOf('month').add(7, 'day').format('YYYY-MM-DD');
  const asked = $api.useQuery('get', '/events', { params: { query: { due_from: from, due_until: until, limit: 1000, sort: 'due', ...(unit === null ? {} : { unit }), ...(level ? { level } : {}) } } }, { placeholderData: (old) => old });
  const turn = (to: string) => setSearch((old) => { const next = new URLSearchParams(old); next.set('month', to); return next; });
  return (
    <Loaded of={asked}>
      {(data) => {
        const items = data.items.filter((one) => one.state !== 'cancelled');
        return (
          <>
            <p role="status" className="oko-quiet">{t('events:in-month', { count: items.filter((one) => dayOf(one).startsWith(month)).length })}</p>
            <MonthCalendar name={t('events:page.list')} month={month} turn={turn} items={items} dayOf={dayOf} keyOf={(one) => one.id}
              render={(one) => <Link className="oko-visit" to={keep(`/events/${one.id}`)}>{clockOf(one.body.from)} {one.title}<br /><span className="oko-quiet">{one.unit_name}</span></Link>} />
          </>
        );
      }}
    </Loaded>
  );
}
