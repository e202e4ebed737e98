import { useMutation } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { useRole } from '../../app/session';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { useTellFailure } from '../../parts/ProblemAlert';
import { RecordActions } from '../../parts/RecordActions';
import { RecordLinks } from '../../parts/RecordLinks';
import { RecordPicker } from '../../parts/RecordPicker';
import { call, useRecord, type Head } from '../../parts/records';
import { Steps } from '../../parts/Steps';
import { RowPlan, type RowBody } from './RowPlan';
import type { Row, Table } from './table';

function Begin({ table, row }: { table: Table; row: Row }) {
  const { t } = useTranslation('roadmap');
  const tell = useTellFailure();
  // One change for the page: what it reads anew is the row that has been begun.
  const begin = useMutation({
    mutationFn: async () => {
      const made = await call<Head>('/roadmap-rows', { method: 'POST', body: { unit: table.unit.id, body: { roadmap: table.code, no: row.no } }, key: crypto.randomUUID() });
      return call<Head>(`/roadmap-rows/${made.id}/actions/start`, { method: 'POST', body: {}, version: made.version });
    },
  });
  return <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate(undefined, { onError: (error) => tell(error) })}>{t('begin')}</Button>;
}

function Work({ record }: { record: Head<RowBody> }) {
  const { t } = useTranslation('roadmap');
  const [search, setSearch] = useSearchParams();
  const act = search.get('act');
  const done = () => { if (act) setSearch((old) => { old.delete('act'); return old; }, { replace: true }); };
  const editable = record.editable || record.actions.length > 0;
  return (
    <div className="oko-stack">
      <div className="oko-row">
        <RecordActions kind="roadmap-row" record={record} start={act} onDone={done} />
        <HistoryDrawer kind="roadmap-row" id={record.id} />
      </div>
      <Card size="small" title={t('evidence')} extra={editable && <RecordPicker kind="roadmap-row" record={record} />}>
        {editable && record.state !== 'done' && <p className="oko-quiet">{t('evidence-why')}</p>}
        <RecordLinks kind="roadmap-row" record={record} name={t('evidence')} editable={editable} />
      </Card>
      <Card size="small" title={t('plan.title')}>
        <RowPlan record={record} />
      </Card>
      <Card size="small" title={t('way')}><Steps kind="roadmap-row" record={record} /></Card>
    </div>
  );
}

function Kept({ id }: { id: number }) {
  const record = useRecord<Head<RowBody>>('roadmap-row', id);
  return <Loaded of={record}>{(data) => <Work record={data} />}</Loaded>;
}

/** What the unit does about the row: evidence, plan, actions, the way so far. Nothing is there before somebody begins. */
export function RowWork({ table, row, own }: { table: Table; row: Row; own: boolean }) {
  const { t } = useTranslation('roadmap');
  const works = useRole('operator', 'municipal', 'school');
  if (row.id > 0) return <Kept id={row.id} />;
  return (
    <Card size="small" title={t('untouched.title')}>
      <p>{t(own && works ? 'untouched.own' : 'untouched.other')}</p>
      {own && works && table.state === 'active' && <Begin table={table} row={row} />}
      {table.state !== 'active' && <p className="oko-quiet">{t(`not-active.${table.state}`)}</p>}
    </Card>
  );
}
