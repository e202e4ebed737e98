import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { anchorOf } from '../blocks';
import { useFormat } from '../format';
import { Loaded } from '../Loaded';
import inPlainWords from './in-plain-words.json';

interface Props {
  id: number;
  /** Known already: it is not asked for again. */
  run?: Schemas['Run'];
  revision?: number;
  computed?: string;
  /** Text of the method, and its section. */
  file?: string;
  section?: string;
}

function Facts({ run, revision, computed }: { run: Schemas['Run']; revision?: number; computed?: string }) {
  const { t } = useTranslation('how');
  const format = useFormat();
  const items = [
    { key: 'run', label: t('run'), children: t('run-number', { id: run.id, method: run.method }) },
    { key: 'when', label: t('when'), children: format.time(computed || run.created) },
    { key: 'data', label: t('data'), children: t('revision', { revision: revision ?? run.revision }) },
    { key: 'snapshot', label: t('snapshot'), children: <code className="oko-how-hash">{run.snapshot}</code> },
    { key: 'seed', label: t('seed'), children: run.seed },
    { key: 'hash', label: t('hash'), children: <code className="oko-how-hash">{run.result_hash}</code> },
  ];
  return <Descriptions size="small" column={1} bordered items={items} />;
}

/** What the method says: in plain words, and the whole text. The map names Russian headings; in English the same place is shown. */
function MethodLinks({ file, section }: { file: string; section?: string }) {
  const { t } = useTranslation('how');
  const part = (inPlainWords as Record<string, string>)[section ? `${file}#${section}` : file];
  return (
    <p className="oko-row">
      {part && <Link to={`/help/methods#${anchorOf(part)}`}>{t('in-plain-words')}</Link>}
      <Link to={`/methods/${file}${section ? `#s${section}` : ''}`}>{t('method-text')}</Link>
    </p>
  );
}

/** The run that a number comes from: the same data, method and seed give the same digits again. */
export function RunFacts({ id, run, revision, computed, file, section }: Props) {
  const { t } = useTranslation('how');
  const asked = $api.useQuery('get', '/runs/{id}', { params: { path: { id } } }, { enabled: run === undefined, staleTime: Infinity });
  return (
    <section className="oko-how-run">
      <h3>{t('from')}</h3>
      {run ? <Facts run={run} /> : <Loaded of={asked} rows={2}>{(data) => <Facts run={data} revision={revision} computed={computed} />}</Loaded>}
      <p className="oko-quiet">{t('again')}</p>
      {file && <MethodLinks file={file} section={section} />}
    </section>
  );
}
