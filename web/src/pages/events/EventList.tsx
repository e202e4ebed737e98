import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import type { RecordLevel } from '../../parts/LevelFilter';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { StateTag } from '../../parts/StateTag';
import { clockOf, useEventTypes, type Event } from './event';

interface Props { unit: number | null; level: RecordLevel | undefined; state: string | undefined; search: string }

export function EventList({ unit, level, state, search }: Props) {
  const { t } = useTranslation(['events', 'app']);
  const keep = useKeep();
  const format = useFormat();
  const types = useEventTypes();
  const paging = usePaging();
  const asked = $api.useQuery('get', '/events', { params: { query: { limit: paging.limit, offset: paging.offset, sort: '-due', ...(unit === null ? {} : { unit }), ...(level ? { level } : {}), ...(state ? { state } : {}), ...(search ? { search } : {}) } } },
    { placeholderData: (old) => old });
  const filtered = state !== undefined || search !== '';
  return (
    <>
      <ProblemAlert error={asked.error} onRetry={() => void asked.refetch()} />
      <DataTable<Event> name={t('events:page.list')} loading={asked.isFetching && !asked.data} dataSource={asked.data?.items ?? []} total={asked.data?.total} paging={paging}
        locale={{ emptyText: <EmptyState why={t(filtered ? 'events:none-found' : level ? 'app:levels.none' : 'events:none')} /> }}
        columns={[
          { title: t('events:when'), key: 'when', className: 'oko-number', render: (_, one) => (one.body.from ? <>{format.date(one.body.from.slice(0, 10))} {clockOf(one.body.from)}</> : <span className="oko-quiet">{t('events:no-date')}</span>) },
          { title: t('events:name'), key: 'title', width: 420, render: (_, one) => <Link to={keep(`/events/${one.id}`)}>{one.title || t('events:untitled')}</Link> },
          { title: t('events:type'), key: 'type', render: (_, one) => types.find((type) => type.value === one.body.type)?.label ?? '' },
          { title: t('events:who'), dataIndex: 'unit_name' },
          { title: t('events:state'), key: 'state', render: (_, one) => <StateTag kind="event" state={one.state} /> },
        ]} />
    </>
  );
}
