import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled, LoadingOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { Button, Card, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../../parts/format';
import { useJob } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { queue, type Entry } from './queue';
import { NotRead } from './NotRead';
import { ReportWords } from './ReportWords';
import { reportOf } from './report';

function Mark({ entry }: { entry: Entry }) {
  if (entry.stage === 'waiting') return <ClockCircleOutlined aria-hidden />;
  if (entry.stage === 'stopped') return <PauseCircleOutlined aria-hidden />;
  if (entry.stage === 'sending' || entry.stage === 'reading') return <LoadingOutlined aria-hidden />;
  return entry.stage === 'over' && entry.ended?.state === 'done' ? <CheckCircleFilled className="oko-good" aria-hidden /> : <CloseCircleFilled className="oko-bad" aria-hidden />;
}

function Acts({ entry }: { entry: Entry }) {
  const { t } = useTranslation(['data', 'app']);
  const name = entry.file.name;
  if (entry.stage === 'sending' || entry.stage === 'waiting') return <Button size="small" onClick={() => queue.stop(entry.key)} aria-label={t('data:queue.stop-of', { name })}>{t('data:queue.stop')}</Button>;
  if (entry.stage === 'reading') return null;
  const tried = entry.stage === 'over' && entry.ended?.state === 'done' && entry.how.dry_run === true && !reportOf(entry.ended)?.unchanged;
  return (
    <>
      {tried && <Button size="small" type="primary" onClick={() => queue.again(entry.key, { dry_run: false })}>{t('data:queue.load-now')}</Button>}
      {(entry.stage === 'lost' || entry.stage === 'refused' || entry.stage === 'stopped') && <Button size="small" type="primary" onClick={() => queue.again(entry.key)}>{t('data:queue.again')}</Button>}
      <Button size="small" type="text" onClick={() => queue.remove(entry.key)} aria-label={t('data:queue.hide-of', { name })}>{t('data:queue.hide')}</Button>
    </>
  );
}

/** One file on its way: sent, read, told in words; or what stands in the way and how to go on. */
export function QueueCard({ entry }: { entry: Entry }) {
  const { t } = useTranslation(['data', 'app']);
  const format = useFormat();
  const job = useJob(entry.stage === 'reading' ? entry.job : null, (over) => queue.end(entry.key, over));
  const report = entry.stage === 'over' ? reportOf(entry.ended) : null;
  return (
    <Card size="small" title={<span className="oko-row"><Mark entry={entry} /><span className="oko-file">{entry.file.name}</span><span className="oko-quiet oko-number">{format.bytes(entry.file.size)}</span></span>} extra={<span className="oko-row"><Acts entry={entry} /></span>}>
      {entry.stage === 'waiting' && <span className="oko-quiet">{t('data:queue.waiting')}</span>}
      {entry.stage === 'stopped' && <span className="oko-quiet">{t('data:queue.stopped')}</span>}
      {entry.stage === 'sending' && <Progress percent={Math.floor(entry.share * 100)} aria-label={t('data:queue.sending', { name: entry.file.name })} />}
      {entry.stage === 'reading' && (job ? <JobProgress job={job} name={t('data:queue.reading')} /> : <span className="oko-quiet">{t('data:queue.reading')}</span>)}
      {entry.stage === 'lost' && <ProblemAlert error={new Error(t('data:queue.lost'))} />}
      {entry.stage === 'refused' && <ProblemAlert error={entry.error} />}
      {entry.stage === 'over' && entry.ended?.state === 'failed' && <NotRead entry={entry} />}
      {report && <ReportWords report={report} trial={entry.how.dry_run === true} />}
    </Card>
  );
}
