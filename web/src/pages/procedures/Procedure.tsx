import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { CutoffsChart } from '../../parts/chart/CutoffsChart';
import { HowMade } from '../../parts/HowMade';
import { ItemProfile } from '../../parts/items/ItemProfile';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { Coverage } from './Coverage';
import { CutOffs } from './CutOffs';
import { Levels } from './Levels';
import '../../styles/school.css';

type OneProcedure = Schemas['Procedure'];

function Body({ of, unit, place }: { of: OneProcedure; unit: number | null; place: string }) {
  const { t } = useTranslation('procedures');
  const me = useMe();
  return (
    <div className="oko-stack">
      <CutOffs of={of} />
      {unit !== null && (
        <CutoffsChart unit={unit} place={place} procedure={of.code}>
          {() => <HowMade of={t('scores')} source={{ kind: 'result', unit, procedure: of.code, rule: 'oko/threshold' }} />}
        </CutoffsChart>
      )}
      {unit !== null && (of.items?.length ?? 0) > 0 && <ItemProfile unit={unit} procedure={of.code} />}
      {me.role !== 'school' && unit !== null && <Levels unit={unit} procedure={of.code} />}
      {unit === null ? <p>{t('choose-unit')}</p> : <Coverage unit={unit} procedure={of.code} />}
    </div>
  );
}

/** One procedure: cut-offs and their source, scores, items, evidence, coverage — of the chosen unit. */
export default function Procedure() {
  const { t } = useTranslation('procedures');
  const { code = '' } = useParams();
  const keep = useKeep();
  const { unit } = useContextBar();
  const asked = $api.useQuery('get', '/procedures/{code}', { params: { path: { code } } });
  const place = $api.useQuery('get', '/units/{id}', { params: { path: { id: unit ?? 0 } } }, { enabled: unit !== null });
  return (
    <Loaded of={asked} rows={8}>
      {(data) => (
        <>
          <PageHead title={data.title} what={t('one.what', { place: place.data?.name ?? '…', code: data.code })} crumbs={[{ title: t('list.title'), to: keep('/procedures') }]} />
          <Body of={data} unit={unit} place={place.data?.name ?? ''} />
        </>
      )}
    </Loaded>
  );
}
