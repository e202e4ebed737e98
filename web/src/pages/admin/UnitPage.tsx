import '../../styles/admin.css';

import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { useVersioned, type Versioned } from '../../parts/etag';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { Aliases } from './Aliases';
import { MergeDialog } from './MergeDialog';
import { UnitForm } from './UnitForm';
import { UnitHistory } from './UnitHistory';
import { UnitPeople } from './UnitPeople';
import { UnitState } from './UnitState';
import { worded, type Unit } from './units';

function About({ unit }: { unit: Unit }) {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  const parent = $api.useQuery('get', '/units/{id}', { params: { path: { id: unit.parent ?? 0 } } }, { enabled: unit.parent !== null });
  const below = $api.useQuery('get', '/units', { params: { query: { parent: unit.id, limit: 1 } } }, { enabled: unit.level !== 'school' && unit.level !== 'class' });
  const results = unit.level === 'school' ? `/analysis/schools/${unit.id}` : unit.level === 'municipality' ? `/analysis/municipalities/${unit.id}` : '/analysis';
  return (
    <section className="oko-section">
      <h2>{t('unit.about')}</h2>
      <dl className="oko-facts">
        <dt>{t('units.code')}</dt><dd>{unit.code}</dd>
        <dt>{t('units.level')}</dt><dd>{t(`app:level.${unit.level}`)}</dd>
        <dt>{t('units.parent')}</dt><dd>{unit.parent === null ? t('units.none-above') : <Link to={keep(`/admin/units/${unit.parent}`)}>{parent.data?.name ?? '…'}</Link>}</dd>
        {unit.type && <><dt>{t('units.type')}</dt><dd>{worded(t, 'units.types', unit.type)}</dd></>}
        {unit.place && <><dt>{t('units.place')}</dt><dd>{worded(t, 'units.places', unit.place)}</dd></>}
        {unit.cluster && <><dt>{t('units.cluster')}</dt><dd>{unit.cluster}</dd></>}
        {unit.valid_from !== null && <><dt>{t('units.valid-from')}</dt><dd>{unit.valid_from}</dd></>}
        <dt>{t('units.state')}</dt><dd><UnitState unit={unit} /></dd>
      </dl>
      <div className="oko-row">
        {below.data && <Link to={keep('/admin/units')}>{t('unit.below', { count: below.data.total })}</Link>}
        <Link to={keep(results, unit.level === 'region' ? { unit: unit.id } : {})}>{t('unit.show-results')}</Link>
      </div>
    </section>
  );
}

function Shown({ unit }: { unit: Versioned<Unit> }) {
  const { t } = useTranslation('admin');
  const keep = useKeep();
  const operator = useRole('operator');
  const [doing, setDoing] = useState<'edit' | 'merge' | null>(null);
  const one = unit.value;
  return (
    <>
      <PageHead title={one.name} crumbs={[{ title: t('page.units'), to: keep('/admin/units') }, { title: one.code }]}>
        {operator && <Button type="primary" onClick={() => setDoing('edit')}>{t('unit.edit')}</Button>}
        {operator && (one.level === 'school' || one.level === 'municipality') && <Button onClick={() => setDoing('merge')}>{t('unit.merge')}</Button>}
      </PageHead>
      <div className="oko-columns">
        <div className="oko-stack"><About unit={one} /><Aliases unit={one.id} /></div>
        <div className="oko-stack"><UnitPeople unit={one} /><UnitHistory unit={one.id} /></div>
      </div>
      {doing === 'edit' && <UnitForm unit={unit} onClose={() => setDoing(null)} />}
      {doing === 'merge' && <MergeDialog unit={one} onClose={() => setDoing(null)} />}
    </>
  );
}

export default function UnitPage() {
  const { id } = useParams();
  const unit = useVersioned<Unit>(`/units/${id}`);
  return <Loaded of={unit}>{(found) => <Shown unit={found} />}</Loaded>;
}
