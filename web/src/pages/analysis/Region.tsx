import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useContextBar, useKeep } from '../../app/context';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useRole } from '../../app/session';
import '../../styles/region.css';
import { Distribution } from './Distribution';
import { DynamicsChart } from './DynamicsChart';
import { FamiliesChart } from './FamiliesChart';
import { Inflation } from './Inflation';
import { InWords } from './InWords';
import { LiftedChart } from './LiftedChart';
import { MapChart } from './MapChart';
import { useOverview, type Overview } from './overview';
import { TownTable } from './TownTable';

/** Nothing was computed, or nothing of this year and procedure: why, and what comes next. */
export function NothingYet({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  const { change } = useContextBar();
  const loads = useRole('operator');
  if (data.evidence_run !== null || data.run !== null) {
    return <EmptyState why={t('empty.filtered')} next={<Button onClick={() => change({ year: null, procedure: null })}>{t('empty.all')}</Button>} />;
  }
  return <EmptyState why={t('empty.no-run')} next={loads ? <Link to="/analysis/runs"><Button type="primary">{t('empty.to-runs')}</Button></Link> : t('empty.ask')} />;
}

function Content({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  if (data.all.schools === 0) return <NothingYet data={data} />;
  return (
    <div className="oko-stack">
      <InWords data={data} />
      <MapChart data={data} />
      <div className="oko-charts">
        <DynamicsChart data={data} />
        <FamiliesChart data={data} />
      </div>
      <Distribution data={data} />
      <LiftedChart data={data} />
      <Inflation data={data} />
      <section aria-labelledby="towns" className="oko-chart">
        <h2 id="towns">{t('towns.title')}</h2>
        <p className="oko-chart-summary">{t('towns.what')}</p>
        <TownTable data={data} />
      </section>
    </div>
  );
}

/** A region: in sentences, on the map, year by year, family by family. */
export default function Region({ unit }: { unit: number }) {
  const { t } = useTranslation('region');
  const keep = useKeep();
  const asked = useOverview(unit);
  return (
    <>
      <PageHead title={asked.data?.unit.name ?? t('page.region')} what={t('region.what')}>
        <Link to={keep('/analysis/signs')}><Button>{t('region.to-signs')}</Button></Link>
      </PageHead>
      <Loaded of={asked} rows={8}>{(data) => <Content data={data} />}</Loaded>
    </>
  );
}
