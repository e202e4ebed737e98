import { Card, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { StateTag } from '../../parts/StateTag';
import { Attendance } from './Attendance';
import type { Event } from './event';
import { useRegistrations, type Registration } from './registrations';

/** Who was invited and who takes part; whoever holds the event notes here who came. */
export function Registrations({ event, owner }: { event: Event; owner: boolean }) {
  const { t } = useTranslation(['events', 'app']);
  const paging = usePaging('guests');
  const asked = useRegistrations(event.id, paging.limit, paging.offset);
  const [mode, setMode] = useState<'list' | 'attendance'>('list');
  const notes = owner && event.editable && (event.state === 'planned' || event.state === 'held');
  return (
    <Card size="small" title={asked.data ? t('events:guests.title-n', { n: asked.data.total }) : t('events:guests.title')}
      extra={notes && (asked.data?.total ?? 0) > 0 && <Segmented<'list' | 'attendance'> size="small" value={mode} onChange={setMode} aria-label={t('events:guests.mode')} options={(['list', 'attendance'] as const).map((value) => ({ value, label: t(`events:guests.${value}`) }))} />}>
      <Loaded of={asked}>
        {(data) => {
          if (data.total === 0) return <EmptyState why={t(event.state === 'planned' && owner ? 'events:guests.none-yet' : 'events:guests.none')} />;
          if (mode === 'attendance' && notes) return <Attendance event={event} onDone={() => setMode('list')} />;
          return (
            <DataTable<Registration> name={t('events:guests.title')} dataSource={data.items} total={data.total} paging={paging} size="small"
              columns={[
                { title: t('events:guests.unit'), key: 'unit', render: (_, one) => one.unit_name ?? one.unit },
                { title: t('events:state'), key: 'state', render: (_, one) => <StateTag kind="registration" state={one.state} /> },
                { title: t('events:own.persons'), key: 'persons', align: 'end', className: 'oko-number', render: (_, one) => one.body.persons ?? '' },
                { title: t('events:own.contact'), key: 'contact', render: (_, one) => one.body.contact },
              ]} />
          );
        }}
      </Loaded>
    </Card>
  );
}
