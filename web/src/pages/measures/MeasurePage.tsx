import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { FactList } from '../../parts/FactList';
import { useFormat } from '../../parts/format';
import { useCatalogue, useIndicatorTitles } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { NextStep } from '../../parts/NextStep';
import { PageHead } from '../../parts/PageHead';
import { RecordLinks } from '../../parts/RecordLinks';
import { useRecord, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import { FactsCard } from '../effect/FactsCard';
import { MeasureDrawer } from './MeasureDrawer';
import '../../styles/cases.css';

type Measure = Schemas['Measure'] & Head;

function Facts({ measure }: { measure: Measure }) {
  const { t } = useTranslation('measures');
  const keep = useKeep();
  const format = useFormat();
  const { all } = useCatalogue();
  const { body } = measure;
  const indicator = useIndicatorTitles([body.indicator]);
  const catalogue = all.find((one) => one.body.code === body.code);
  const items = [
    { key: 'owner', label: t('edit.owner'), children: body.owner },
    { key: 'description', label: t('edit.description'), children: body.description },
    { key: 'evidence', label: t('one.evidence'), children: catalogue?.body.evidence },
    { key: 'indicator', label: t('edit.indicator'), children: indicator(body.indicator) },
    { key: 'baseline', label: t('one.baseline'), children: body.baseline == null ? null : `${format.number(body.baseline)}${body.baseline_year ? ` (${body.baseline_year})` : ''}` },
    { key: 'target', label: t('edit.target'), children: body.target == null ? null : format.number(body.target) },
    { key: 'done', label: t('one.done'), children: body.done_on ? format.date(body.done_on) : null },
    { key: 'case', label: t('one.case'), children: body.case ? <Link to={keep(`/cases/${body.case}`)}>{t('one.case-open')}</Link> : null },
  ].filter((item) => item.children);
  return <Card title={<h2 className="oko-h2">{t('one.title')}</h2>}><FactList items={items} /></Card>;
}

/** One measure: what is planned, what is to be done now, documents, effect. */
export default function MeasurePage() {
  const { t } = useTranslation(['measures', 'app']);
  const keep = useKeep();
  const id = Number(useParams().id);
  const [editing, setEditing] = useState(false);
  const measure = useRecord<Measure>('measure', id);
  const { titleOf } = useCatalogue();
  return (
    <Loaded of={measure}>
      {(one) => (
        <>
          <PageHead title={titleOf(one)} what={[one.unit_name || one.unit_code, one.year].filter(Boolean).join(', ')} crumbs={[{ title: t('page.all'), to: keep('/measures') }]}>
            <StateTag kind="measure" state={one.state} />
            {one.editable && <Button onClick={() => setEditing(true)}>{t('app:edit')}</Button>}
            <HistoryDrawer kind="measure" id={one.id} />
          </PageHead>
          <div className="oko-two">
            <div className="oko-stack">
              <NextStep kind="measure" record={one} />
              <Facts measure={one} />
              <FactsCard facts={one.body.effect_facts as Schemas['EffectFacts'] | undefined} />
            </div>
            <div className="oko-stack">
              <Card title={<h2 className="oko-h2">{t('one.files')}</h2>}><RecordLinks kind="measure" record={one} documents /></Card>
              <Card title={<h2 className="oko-h2">{t('one.steps')}</h2>}><Steps kind="measure" record={one} /></Card>
            </div>
          </div>
          {editing && <MeasureDrawer measure={one} onClose={() => setEditing(false)} />}
        </>
      )}
    </Loaded>
  );
}
