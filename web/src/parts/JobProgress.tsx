import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../api/client';
import { isOver, type Job } from './job';

/** What a job does now, how far it is, and a way to stop it. Nothing once it is done: the page then shows what came out. */
export function JobProgress({ job, name }: { job: Job | undefined; name: string }) {
  const { t } = useTranslation();
  const cancel = $api.useMutation('post', '/jobs/{id}/cancel');
  if (!job || job.state === 'done') return null;
  if (job.state === 'cancelled') return <Alert type="info" showIcon title={t('app:job.cancelled', { name })} />;
  if (job.state === 'failed') {
    const why = (job.error as { detail?: string } | null)?.detail;
    return <Alert type="error" showIcon role="alert" title={t('app:job.failed', { name })} description={why} />;
  }
  const share = job.total > 0 ? Math.min(99, Math.floor((100 * job.done) / job.total)) : undefined;
  return (
    <div role="status" className="oko-job">
      <span>{t(job.state === 'queued' ? 'app:job.queued' : 'app:job.running', { name })}</span>
      <Progress percent={share ?? 100} status="active" showInfo={share !== undefined} aria-label={name} />
      <Button size="small" disabled={job.cancel || isOver(job)} loading={cancel.isPending} onClick={() => cancel.mutate({ params: { path: { id: job.id } } })}>{t('app:job.cancel')}</Button>
    </div>
  );
}
