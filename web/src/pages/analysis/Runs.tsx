import { Alert, Button, Descriptions, Modal, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useRole } from '../../app/session';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { isOver, useJob, type Job } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import '../../styles/chart.css';
import '../../styles/region.css';
import { Comparison } from './Comparison';
import { usePart } from './usePart';

type Run = Schemas['Run'];
type Kind = 'analyze' | 'evidence';

function Details({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation(['region', 'app']);
  const format = useFormat();
  return (
    <Modal open width={760} title={t('runs.one', { id: run.id })} onCancel={onClose} footer={<Button onClick={onClose}>{t('app:close')}</Button>}>
      <p>{t(`runs.kind-what.${run.kind}`)}</p>
      <Descriptions column={1} size="small" bordered items={[
        { key: 'when', label: t('runs.when'), children: format.time(run.created) },
        { key: 'method', label: t('runs.method'), children: run.method },
        { key: 'program', label: t('runs.program'), children: run.program },
        { key: 'revision', label: t('runs.revision'), children: run.revision },
        { key: 'snapshot', label: t('runs.snapshot'), children: <span className="oko-mono">{run.snapshot}</span> },
        { key: 'seed', label: t('runs.seed'), children: run.seed },
        { key: 'hash', label: t('runs.hash'), children: <span className="oko-mono">{run.result_hash}</span> },
        { key: 'params', label: t('runs.params'), children: <pre className="oko-mono">{JSON.stringify(run.params, null, 1)}</pre> },
      ]} />
    </Modal>
  );
}

/** What a recomputation came to, said once it is over. */
function Outcome({ job }: { job: Job | undefined }) {
  const { t } = useTranslation('region');
  if (!job || !isOver(job) || job.state !== 'done') return null;
  const result = job.result as { run?: number; new?: boolean; checked?: boolean } | null;
  const said = result?.new ? 'new' : result?.checked ? 'checked' : 'same';
  return <Alert type="success" showIcon role="status" className="oko-gap" title={t(`runs.outcome-${said}`, { id: result?.run ?? '' })} />;
}

function Compute() {
  const { t } = useTranslation('region');
  const tell = useTellFailure();
  const [id, setId] = useState<number | null>(null);
  const [kind, setKind] = useState<Kind>('analyze');
  const job = useJob(id);
  const start = $api.useMutation('post', '/analyses');
  const busy = start.isPending || (job !== undefined && !isOver(job));
  const go = (what: Kind, recompute: boolean) => {
    setKind(what);
    start.mutate({ body: { kind: what, recompute } }, { onSuccess: (made) => setId(made.id), onError: (error) => tell(error) });
  };
  return (
    <div className="oko-stack oko-gap oko-no-print">
      <div className="oko-row">
        <Button type="primary" disabled={busy} onClick={() => go('evidence', false)}>{t('runs.compute')}</Button>
        {(['analyze', 'evidence'] as const).map((what) => (
          <Popconfirm key={what} title={t('runs.check-sure')} onConfirm={() => go(what, true)}>
            <Button disabled={busy}>{t(`runs.check-${what}`)}</Button>
          </Popconfirm>
        ))}
      </div>
      <JobProgress job={job} name={t(`runs.kind.${kind}`)} />
      <Outcome job={job} />
    </div>
  );
}

/** Every analysis that was made: method, data, seed, hash; two of them compared; computed again and checked. */
export default function Runs() {
  const { t } = useTranslation('region');
  const format = useFormat();
  const computes = useRole('operator');
  const paging = usePaging();
  const [chosen, setChosen] = useState<number[]>([]);
  const [shown, show] = usePart('run');
  const asked = $api.useQuery('get', '/runs', { params: { query: { limit: paging.limit, offset: paging.offset } } });
  const one = $api.useQuery('get', '/runs/{id}', { params: { path: { id: Number(shown) } } }, { enabled: shown !== null });
  return (
    <>
      <PageHead title={t('page.runs')} what={t('runs.what')} />
      {computes && <Compute />}
      <Loaded of={asked} rows={6}>
        {(data) => (data.total === 0 ? <EmptyState why={t('runs.empty')} next={t(computes ? 'runs.empty-next' : 'empty.ask')} /> : (
          <div className="oko-stack">
            <p className="oko-quiet">{t('runs.choose')}</p>
            <DataTable<Run>
              name={t('page.runs')} dataSource={data.items} total={data.total} paging={paging}
              rowSelection={{ selectedRowKeys: chosen, hideSelectAll: true, onChange: (keys) => setChosen(keys.slice(-2).map(Number)), getCheckboxProps: (run) => ({ 'aria-label': t('runs.one', { id: run.id }) }) }}
              columns={[
                { title: '№', key: 'id', render: (_, run) => <Button type="link" size="small" onClick={() => show(String(run.id))}>{run.id}</Button> },
                { title: t('runs.what-for'), key: 'kind', render: (_, run) => <Tag>{t(`runs.kind.${run.kind}`)}</Tag> },
                { title: t('runs.when'), key: 'created', render: (_, run) => format.time(run.created) },
                { title: t('runs.method'), dataIndex: 'method', key: 'method' },
                { title: t('runs.revision'), dataIndex: 'revision', key: 'revision', align: 'right' },
                { title: t('runs.seed'), dataIndex: 'seed', key: 'seed', align: 'right' },
                { title: t('runs.hash'), key: 'hash', render: (_, run) => <span className="oko-mono" title={run.result_hash}>{run.result_hash.slice(0, 12)}…</span> },
              ]}
            />
            {chosen.length === 2 && <Comparison a={Math.min(...chosen)} b={Math.max(...chosen)} />}
          </div>
        ))}
      </Loaded>
      {one.data && shown !== null && <Details run={one.data} onClose={() => show(null)} />}
    </>
  );
}
