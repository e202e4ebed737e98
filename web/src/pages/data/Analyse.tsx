import { ExperimentOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useJob } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { useTellFailure } from '../../parts/ProblemAlert';

/** The step after loading: both analyses, one after the other, with their progress. */
export function Analyse({ suggested }: { suggested: boolean }) {
  const { t } = useTranslation('data');
  const keep = useKeep();
  const tell = useTellFailure();
  const [main, setMain] = useState<number | null>(null);
  const [evidence, setEvidence] = useState<number | null>(null);
  const [ready, setReady] = useState(false);
  const start = $api.useMutation('post', '/analyses');
  const first = useJob(main);
  const second = useJob(evidence, (job) => { if (job.state === 'done') setReady(true); });
  const run = async () => {
    setReady(false);
    try {
      setMain((await start.mutateAsync({ body: { kind: 'analyze' } })).id);
      setEvidence((await start.mutateAsync({ body: { kind: 'evidence' } })).id);
    } catch (error) {
      tell(error);
    }
  };
  const busy = [first, second].some((job) => job?.state === 'queued' || job?.state === 'running');
  return (
    <Card size="small" className={suggested ? 'oko-suggested' : undefined}>
      <div className="oko-stack">
        <div className="oko-row">
          <Button type={suggested ? 'primary' : 'default'} icon={<ExperimentOutlined aria-hidden />} loading={start.isPending} disabled={busy} onClick={() => void run()}>{t('analyse.run')}</Button>
          <span className="oko-quiet">{t(suggested ? 'analyse.suggested' : 'analyse.what')}</span>
        </div>
        <JobProgress job={first} name={t('analyse.main')} />
        <JobProgress job={second} name={t('analyse.evidence')} />
        {ready && <p className="oko-row" role="status"><span>{t('analyse.done')}</span><Link to={keep('/analysis')}>{t('analyse.see')}</Link><Link to={keep('/analysis/runs')}>{t('analyse.runs')}</Link></p>}
      </div>
    </Card>
  );
}
