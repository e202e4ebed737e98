import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { Loaded } from '../Loaded';
import { RunFacts } from './RunFacts';
import { Steps } from './Steps';
import type { HowSource } from './source';

/** A sign or a result of a rule: the server puts the numbers into the sentences of the method. */
export function OfRun({ source }: { source: Exclude<HowSource, { kind: 'value' }> }) {
  const { t } = useTranslation('how');
  const { unit, procedure, run } = source;
  const query = {
    unit, procedure,
    ...(run ? { run } : {}),
    ...(source.kind === 'result' ? { rule: source.rule } : {}),
    ...(source.kind === 'sign' && source.class !== null && source.class !== undefined ? { class: source.class } : {}),
  };
  const how = $api.useQuery('get', '/results/how', { params: { query } });
  return (
    <Loaded of={how}>
      {(data) => (
        <>
          <p className="oko-quiet">{data.class ? t('of-class', { procedure: data.procedure_title, class: data.class }) : data.procedure_title}</p>
          <h3>{data.title}</h3>
          {data.what && <p>{data.what}</p>}
          {data.numbers.length > 0 && <Descriptions size="small" column={1} bordered items={data.numbers.map((one) => ({ key: one.name, label: one.name, children: one.value }))} />}
          <h3>{t('formula')}</h3>
          <Steps steps={data.steps} />
          {data.reading && <><h3>{t('reading')}</h3><p>{data.reading}</p></>}
          {data.source && <p className="oko-quiet">{t('source', { source: data.source })}</p>}
          <RunFacts id={data.run.id} run={data.run} file={data.document.file} section={data.document.section} />
        </>
      )}
    </Loaded>
  );
}
