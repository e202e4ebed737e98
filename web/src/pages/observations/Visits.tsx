import { WarningOutlined } from '@ant-design/icons';
import { Alert, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useProcedureTitle } from '../../parts/lists';
import { MonthCalendar } from '../../parts/MonthCalendar';
import { StateTag } from '../../parts/StateTag';

export type Visit = Schemas['VisitList']['items'][number];

export function Conflict({ visit }: { visit: Visit }) {
  const { t } = useTranslation('observations');
  return visit.conflict ? <Tag color="warning" icon={<WarningOutlined />}>{t(`conflict.${visit.conflict}`)}</Tag> : null;
}

function VisitsTable({ visits }: { visits: Visit[] }) {
  const { t } = useTranslation('observations');
  const keep = useKeep();
  const format = useFormat();
  const procedure = useProcedureTitle();
  return (
    <DataTable<Visit> name={t('page.all')} rowKey="observation" dataSource={visits} columns={[
      { title: t('list.date'), key: 'date', defaultSortOrder: 'descend', sorter: (a, b) => a.date.localeCompare(b.date), render: (_, one) => <Link to={keep(`/observations/${one.observation}`)}>{format.date(one.date)}</Link> },
      { title: t('list.time'), key: 'time', render: (_, one) => (one.begin ? <span className="oko-number">{one.begin}–{one.end}</span> : '') },
      { title: t('list.school'), key: 'school', sorter: (a, b) => format.compare(a.name, b.name), render: (_, one) => one.name || one.code },
      { title: t('list.procedure'), key: 'procedure', render: (_, one) => procedure(one.procedure) },
      { title: t('list.stage'), key: 'stage', render: (_, one) => (one.stage ? t(`stage.${one.stage}`) : '') },
      { title: t('list.observer'), key: 'observer', sorter: (a, b) => format.compare(a.observer_name, b.observer_name), render: (_, one) => <>{one.observer_name || one.login || t('list.nobody')} <Conflict visit={one} /></> },
      { title: t('list.state'), key: 'state', render: (_, one) => <StateTag kind="observation" state={one.state} /> },
    ]} />
  );
}

/** The schedule as a month or as a table, with what needs a look: observers at home, visits without an observer. */
export function Visits({ visits, view, month, turn }: { visits: Visit[]; view: 'calendar' | 'table'; month: string; turn: (month: string) => void }) {
  const { t } = useTranslation('observations');
  const keep = useKeep();
  const odd = visits.filter((one) => one.conflict && one.state === 'scheduled');
  if (visits.length === 0) return <EmptyState why={t('all.none')} />;
  return (
    <>
      {odd.length > 0 && <Alert className="oko-gap" type="warning" showIcon title={t('all.conflicts', { count: odd.length })} description={t('all.conflicts-what')} />}
      {view === 'table' ? <VisitsTable visits={visits} /> : (
        <MonthCalendar name={t('page.all')} month={month} turn={turn} items={visits} dayOf={(one) => one.date} keyOf={(one) => one.observation}
          render={(one) => (
            <Link className="oko-visit" data-late={one.conflict !== ''} to={keep(`/observations/${one.observation}`)}>
              {one.begin} {one.name || one.code}<br /><span className="oko-quiet">{one.observer_name || t('list.nobody')}</span> {one.conflict && <WarningOutlined aria-label={t(`conflict.${one.conflict}`)} />}
            </Link>
          )} />
      )}
    </>
  );
}
