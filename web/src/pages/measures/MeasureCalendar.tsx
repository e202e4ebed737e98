import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { Loaded } from '../../parts/Loaded';
import { MonthCalendar } from '../../parts/MonthCalendar';

const dayOf = (one: Schemas['Measure']): string => one.due || one.body.done_on || '';

/** Measures on the days of their deadlines, those that are done on the day when it was. */
export function MeasureCalendar() {
  const { t } = useTranslation(['measures', 'records']);
  const keep = useKeep();
  const { unit, year } = useContextBar();
  const [search, setSearch] = useSearchParams();
  const list = $api.useQuery('get', '/measures', { params: { query: { unit: unit ?? undefined, year: year ?? undefined, state: 'planned,in-progress,returned,reported,accepted', sort: '-updated', limit: 1000 } } });
    const turn = (to: string) => setSearch((old) => { const next = new URLSearchParams(old); next.set('month', to); return next; });
  return (
    <Loaded of={list}>
      {(data) => {
        const days = data.items.map(dayOf).filter(Boolean).sort();
        const now = dayjs().format('YYYY-MM');
        const month = search.get('month') ?? (days.some((day) => day >= now) ? now : (days.at(-1)?.slice(0, 7) ?? now));
        return (
        <>
          {data.items.length === 0 && <p className="oko-quiet">{t('calendar.none')}</p>}
          <MonthCalendar name={t('page.all')} month={month} turn={turn} items={data.items} dayOf={dayOf} keyOf={(one) => one.id}
            render={(one) => <Link className="oko-visit" data-late={one.overdue} to={keep(`/measures/${one.id}`)}>{one.title}<br /><span className="oko-quiet">{one.unit_name}</span></Link>} />
        </>
        );
      }}
    </Loaded>
  );
}
