import { EditOutlined } from '@ant-design/icons';
import { Button, Card, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { late } from '../../app/late';
import { useMe } from '../../app/session';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RecordActions } from '../../parts/RecordActions';
import { RecordLinks } from '../../parts/RecordLinks';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import '../../styles/events.css';
import type { Event } from './event';
import { Facts } from './Facts';
import { OwnPart } from './OwnPart';
import { Registrations } from './Registrations';
import { Survey } from './Survey';

const EditDrawer = late(() => import('./EditDrawer'));

function Shown({ event }: { event: Event }) {
  const { t } = useTranslation(['events', 'app']);
  const me = useMe();
  const keep = useKeep();
  const [search] = useSearchParams();
  const [edit, setEdit] = useState(false);
  const owner = me.unit === null || me.unit === event.unit;
  const head = event as unknown as Head;
  const guests = me.unit !== null && me.unit !== event.unit && (me.role === 'municipal' || me.role === 'school');
  return (
    <>
      <PageHead title={event.title || t('events:untitled')} crumbs={[{ title: t('events:page.list'), to: keep('/events') }, { title: event.unit_name ?? '' }]}>
        {event.editable && <Button icon={<EditOutlined />} onClick={() => setEdit(true)}>{t('app:edit')}</Button>}
        <HistoryDrawer kind="event" id={event.id} />
      </PageHead>
      <div className="oko-row oko-gap">
        <StateTag kind="event" state={event.state} />
        {/* Without anybody in the audience there is nobody to invite. */}
        <RecordActions kind="event" record={head} start={search.get('act')} inputs={{ participants: <InputNumber min={0} max={100000} precision={0} /> }} hide={hasAudience(event) ? [] : ['invite']} />
      </div>
      <div className="oko-two">
        <div className="oko-stack">
          {guests && <OwnPart event={event} unit={me.unit!} />}
          <Facts event={event} />
          <Registrations event={event} owner={owner} />
          <Survey event={event} />
        </div>
        <div className="oko-stack">
          <Card size="small" title={t('events:materials')}><RecordLinks kind="event" record={event} relation="material" name={t('events:materials')} editable={event.editable} /></Card>
          <Card size="small" title={t('events:way')}><Steps kind="event" record={event} /></Card>
        </div>
      </div>
      {edit && <EditDrawer event={event} onClose={() => setEdit(false)} />}
    </>
  );
}

function hasAudience(event: Event): boolean {
  const { levels, sign, units } = event.body.audience ?? {};
  return (levels?.length ?? 0) > 0 || (sign ?? '') !== '' || (units?.length ?? 0) > 0;
}

/** One event: what it is, who takes part, who came, what they answered before and after. */
export default function EventPage() {
  const id = Number(useParams().id);
  const event = $api.useQuery('get', '/events/{id}', { params: { path: { id } } });
  return <Loaded of={event} rows={8}>{(data) => <Shown event={data} />}</Loaded>;
}
