import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useRole } from '../../app/session';
import { PageHead } from '../../parts/PageHead';
import { Analyse } from './Analyse';
import { DropZone } from './DropZone';
import { ImportList } from './ImportList';
import { QueueCard } from './QueueCard';
import { queue, useQueue } from './queue';
import { reportOf } from './report';
import '../../styles/data.css';

/** Files in, what became of them, what comes next; below it everything that was ever loaded. */
export default function Load() {
  const { t } = useTranslation(['data', 'app']);
  const entries = useQueue();
  const operator = useRole('operator');
  const loaded = $api.useQuery('get', '/imports', { params: { query: { files: true, limit: 1 } } });
  const changed = entries.some((entry) => { const report = reportOf(entry.ended); return report !== null && !report.unchanged && report.import !== null; });
  return (
    <>
      <PageHead title={t('data:load.title')} what={t(operator ? 'data:load.what' : 'data:load.what-reader')} />
      {operator && (
        <div className="oko-stack oko-gap">
          <DropZone onFiles={queue.add} />
          {entries.length > 0 && <section aria-label={t('data:queue.title')} className="oko-stack">{entries.map((entry) => <QueueCard key={entry.key} entry={entry} />)}</section>}
          {(changed || (loaded.data?.total ?? 0) > 0) && <Analyse suggested={changed} />}
        </div>
      )}
      <ImportList />
    </>
  );
}
