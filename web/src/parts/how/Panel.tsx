import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { Loaded } from '../Loaded';
import { RunFacts } from './RunFacts';
import { Steps } from './Steps';
import type { HowSource } from './source';
import { OfRun } from './OfRun';
import '../../styles/how.css';

interface Props {
  source?: HowSource;
  what?: ReactNode;
  numbers?: { label: string; value: ReactNode }[];
  run?: number | null;
}

function OfValue({ id, published }: { id: number; published?: boolean }) {
  const { t } = useTranslation('how');
  const value = $api.useQuery('get', '/indicator-values/{id}', { params: { path: { id }, query: published ? { published } : {} } });
  return (
    <Loaded of={value}>
      {(data) => (
        <>
          {data.explanation?.length
            ? <><h3>{t('formula')}</h3><Steps steps={data.explanation} /></>
            : <p>{data.why_text || t('no-trace')}</p>}
          {data.run ? <RunFacts id={data.run} revision={data.revision} computed={data.computed} file="METHODS-indicators" /> : null}
        </>
      )}
    </Loaded>
  );
}

/** The answer: words first, then the formula with its numbers, then where they come from. */
export default function Panel({ source, what, numbers = [], run }: Props) {
  return (
    <div className="oko-how">
      {what && <p>{what}</p>}
      {numbers.length > 0 && <Descriptions size="small" column={1} bordered items={numbers.map((one) => ({ key: one.label, label: one.label, children: one.value }))} />}
      {source?.kind === 'value' && <OfValue id={source.id} published={source.published} />}
      {(source?.kind === 'sign' || source?.kind === 'result') && <OfRun source={source} />}
      {!source && run ? <RunFacts id={run} /> : null}
    </div>
  );
}
