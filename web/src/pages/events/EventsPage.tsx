import { CalendarOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import { useContextBar, useKeep } from '../../app/context';
import { late } from '../../app/late';
import { useRole } from '../../app/session';
import { flowOf } from '../../parts/flows';
import { useLater } from '../../parts/later';
import { LevelFilter, useRecordLevel } from '../../parts/LevelFilter';
import { PageHead } from '../../parts/PageHead';
import '../../styles/events.css';
import { EventList } from './EventList';
import { FeedButton } from './FeedButton';

const EventCalendar = late(() => import('./EventCalendar'));

/** Events of the unit, of those above and below it: as a list by date, or as a calendar. */
export default function EventsPage() {
  const { t } = useTranslation(['events', 'records', 'app']);
  const navigate = useNavigate();
  const keep = useKeep();
  const makes = useRole('operator', 'municipal', 'school');
  const { unit } = useContextBar();
  const levels = useRecordLevel({ invites: true });
  const [search, setSearch] = useSearchParams();
  const [typed, setTyped] = useState('');
  const words = useLater(typed.trim(), 300);
  const view = search.get('view') === 'calendar' ? 'calendar' : 'list';
  const state = search.get('state') ?? undefined;
  const set = (key: string, value: string | undefined) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (value) next.set(key, value); else next.delete(key);
    next.delete('page');
    return next;
  });
  return (
    <>
      <PageHead title={t('events:page.list')} what={t('events:what')}>
        <FeedButton />
        {makes && <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(keep('/events/new'))}>{t('events:new')}</Button>}
      </PageHead>
      <div className="oko-row oko-gap">
        <Segmented<string> value={view} onChange={(value) => set('view', value === 'list' ? undefined : value)} aria-label={t('events:view.name')}
          options={[{ value: 'list', icon: <UnorderedListOutlined />, label: t('events:view.list') }, { value: 'calendar', icon: <CalendarOutlined />, label: t('events:view.calendar') }]} />
        <LevelFilter of={levels} />
        {view === 'list' && (
          <>
            <Select allowClear value={state} placeholder={t('events:any-state')} aria-label={t('events:state')} onChange={(value?: string) => set('state', value)} className="oko-filter"
              options={flowOf('event').states.map((value) => ({ value, label: t(`records:event.state.${value}`) }))} />
            <Input.Search allowClear value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('events:search')} aria-label={t('events:search')} className="oko-search" />
          </>
        )}
      </div>
      {view === 'list' ? <EventList unit={unit} level={levels.level} state={state} search={words} /> : <EventCalendar unit={unit} level={levels.level} />}
    </>
  );
}
