import { CalculatorOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useRole } from '../../app/session';
import { useJob } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

/** Computes the values of the year's (or the campaign's) active indicators; a job does it. */
export function Compute({ year, campaign }: { year: number; campaign?: number }) {
  const { t } = useTranslation(['indicators']);
  const may = useRole('operator');
  const tell = useTellFailure();
  const [id, setId] = useState<number | null>(null);
  const start = $api.useMutation('post', '/indicators/compute');
  const job = useJob(id, (over) => { if (over.state === 'done') toast.success(t('compute.done')); });
  if (!may) return null;
  const go = () => start.mutate({ body: campaign === undefined ? { year } : { year, campaign } }, {
    onSuccess: (made) => setId(made.id),
    onError: (error) => tell(error),
  });
  const busy = job !== undefined && (job.state === 'queued' || job.state === 'running');
  return (
    <>
      <Button icon={<CalculatorOutlined />} loading={start.isPending || busy} onClick={go}>{t('compute.go')}</Button>
      <JobProgress job={job} name={t('compute.name')} />
    </>
  );
}
