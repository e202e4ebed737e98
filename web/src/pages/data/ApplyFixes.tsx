import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useFormat } from '../../parts/format';
import { useJob, type Job } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import type { Fixes } from './fixes';
import { count, reportOf, type Import } from './report';

/** How many cells were put right, and the file read once more with them. */
export function ApplyFixes({ of, fixes }: { of: Import; fixes: Fixes }) {
  const { t } = useTranslation(['data', 'app']);
  const keep = useKeep();
  const go = useNavigate();
  const format = useFormat();
  const tell = useTellFailure();
  const [running, setRunning] = useState<number | null>(null);
  const correct = $api.useMutation('post', '/imports/{id}/corrections');
  const over = (job: Job) => {
    const report = reportOf(job);
    if (job.state !== 'done' || !report) return;
    fixes.clear();
    if (report.import === null) { toast.info(t('data:fix.unchanged')); return; }
    toast.success(t('data:fix.done', { n: format.number(count(report.problem_counts, 'rejected')) }));
    void go(keep(`/data/imports/${report.import}`));
  };
  const job = useJob(running, over);
  const apply = () => correct.mutate({ params: { path: { id: of.id } }, body: { corrections: fixes.list } }, {
    onSuccess: (started) => setRunning(started.id),
    onError: (error) => tell(error),
  });
  const busy = correct.isPending || job?.state === 'queued' || job?.state === 'running';
  if (fixes.list.length === 0 && (!job || job.state === 'done')) return null;
  return (
    <div className="oko-bar" role="region" aria-label={t('data:fix.bar')}>
      <strong>{t('data:fix.count', { count: fixes.list.length, n: format.number(fixes.list.length) })}</strong>
      <Button type="primary" loading={busy} disabled={fixes.list.length === 0} onClick={apply}>{t('data:fix.apply')}</Button>
      <Popconfirm title={t('data:fix.drop-sure')} okText={t('data:fix.drop')} cancelText={t('app:cancel')} onConfirm={fixes.clear}>
        <Button disabled={busy}>{t('data:fix.drop')}</Button>
      </Popconfirm>
      <span className="oko-quiet">{t('data:fix.what')}</span>
      <JobProgress job={job} name={t('data:fix.reading')} />
    </div>
  );
}
