import '../../styles/admin.css';

import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, StopOutlined, SyncOutlined } from '@ant-design/icons';
import { Button, Progress, Select, Tag, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { isOver, type Job } from '../../parts/job';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';

const KINDS = ['import', 'analyze', 'evidence', 'report', 'indicators', 'backup'] as const;
const ICONS = { queued: <ClockCircleOutlined />, running: <SyncOutlined spin />, done: <CheckCircleOutlined />, failed: <CloseCircleOutlined />, cancelled: <StopOutlined /> };
const COLOURS = { queued: 'default', running: 'processing', done: 'success', failed: 'error', cancelled: 'default' };

function State({ job }: { job: Job }) {
  const { t } = useTranslation('admin');
  const why = (job.error as { detail?: string } | null)?.detail;
  return (
    <>
      <Tag icon={ICONS[job.state]} color={COLOURS[job.state]}>{t(`jobs.states.${job.state}`)}</Tag>
      {job.attempts > 1 && <span className="oko-quiet">{t('jobs.again', { n: job.attempts })}</span>}
      {why && <div className="oko-quiet">{why}</div>}
    </>
  );
}

function Ahead({ job }: { job: Job }) {
  const { t } = useTranslation('admin');
  const tell = useTellFailure();
  const cancel = $api.useMutation('post', '/jobs/{id}/cancel');
  if (isOver(job)) return null;
  if (job.cancel) return <>{t('jobs.stopping')}</>;
  const share = job.total > 0 ? Math.min(99, Math.floor((100 * job.done) / job.total)) : 0;
  return (
    <span className="oko-row">
      {job.state === 'running' && <Progress percent={share} size="small" style={{ width: 140 }} aria-label={t('jobs.progress')} />}
      <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { path: { id: job.id } } }, { onError: (error) => tell(error) })}>{t('jobs.cancel')}</Button>
    </span>
  );
}

function useColumns(): TableProps<Job>['columns'] {
  const { t } = useTranslation('admin');
  const format = useFormat();
  return [
    { title: t('jobs.kind'), dataIndex: 'kind', render: (kind: string) => t(`jobs.kinds.${kind}`, { defaultValue: kind }) },
    { title: t('jobs.state'), key: 'state', className: 'oko-wrap', width: 320, render: (_, job) => <State job={job} /> },
    { title: t('jobs.progress'), key: 'ahead', render: (_, job) => <Ahead job={job} /> },
    { title: t('jobs.created'), dataIndex: 'created', render: (at: string) => <span className="oko-number">{format.time(at)}</span> },
    { title: t('jobs.finished'), dataIndex: 'finished', render: (at: string | null) => <span className="oko-number">{format.time(at)}</span> },
  ];
}

export default function Jobs() {
  const { t } = useTranslation('admin');
  const [params, setParams] = useSearchParams();
  const columns = useColumns();
  const kind = params.get('kind') as (typeof KINDS)[number] | null;
  const jobs = $api.useQuery('get', '/jobs', { params: { query: { limit: 200, ...(kind ? { kind } : {}) } } }, {
    refetchInterval: (query) => (query.state.data?.items.some((job) => !isOver(job)) ? 2000 : 15_000),
  });
  return (
    <>
      <PageHead title={t('page.jobs')} what={t('jobs.what')} />
      <div className="oko-filters">
        <Select allowClear aria-label={t('jobs.kind')} placeholder={t('jobs.any')} value={kind ?? undefined} onChange={(value?: string) => setParams(value ? { kind: value } : {})} options={KINDS.map((value) => ({ value, label: t(`jobs.kinds.${value}`) }))} />
      </div>
      <Loaded of={jobs}>
        {(data) => (data.items.length === 0 ? <EmptyState why={t('jobs.empty')} next={<p>{t('jobs.empty-next')}</p>} /> : <DataTable<Job> name={t('page.jobs')} dataSource={data.items} columns={columns} />)}
      </Loaded>
    </>
  );
}
