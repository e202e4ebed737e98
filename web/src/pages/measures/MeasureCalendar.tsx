import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { Loaded } from '../../parts/Loaded';
import { MonthCalendar } from '../../parts/MonthCalendar';

/** Measures that still have a deadline, on their days. */
export function MeasureCalendar() {
  const { t } = useTranslation(['measures', 'records']);
  const keep = useKeep();
  const { unit, year } = useContextBar();
  const [search, setSearch] = useSearchParams();
  const list = $api.useQuery('get', '/measures', { params: { query: { unit: unit ?? undefined, year: year ?? undefined, state: 'planned,in-progress,returned,reported', sort: 'due', limit: 1000 } } });
  const month = search.get('month') ?? dayjs().format('YYYY-MM');
  const turn = (to: string) => setSearch((old) => { const next = new URLSearchParams(old); next.set('month', to); return next; });
  return (
    <Loaded of={list}>
      {(data) => (
        <>
          {data.items.length === 0 && <p className="oko-quiet">{t('calendar.none')}</p>}
          <MonthCalendar name={t('page.all')} month={month} turn={turn} items={data.items} dayOf={(one) => one.due ?? ''} keyOf={(one) => one.id}
            render={(one) => <Link className="oko-visit" data-late={one.overdue} to={keep(`/measures/${one.id}`)}>{one.title}<br /><span className="oko-quiet">{one.unit_name}</span></Link>} />
        </>
      )}
    </Loaded>
  );
}
