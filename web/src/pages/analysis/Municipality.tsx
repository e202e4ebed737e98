import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import '../../styles/chart.css';
import '../../styles/region.css';
import { Distribution } from './Distribution';
import { DynamicsChart } from './DynamicsChart';
import { FamiliesChart } from './FamiliesChart';
import { InWords } from './InWords';
import { LiftedChart } from './LiftedChart';
import { useOverview, type Overview } from './overview';
import { NothingYet } from './Region';
import { SchoolTable } from './SchoolTable';

function Content({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  if (data.all.schools === 0) return <NothingYet data={data} />;
  return (
    <div className="oko-stack">
      <InWords data={data} />
      <div className="oko-charts">
        <DynamicsChart data={data} />
        <FamiliesChart data={data} />
      </div>
      <section aria-labelledby="schools" className="oko-chart">
        <h2 id="schools">{t('school-table.title')}</h2>
        <p className="oko-chart-summary">{t('school-table.what')}</p>
        <SchoolTable unit={data.unit.id} />
      </section>
      <Distribution data={data} />
      <LiftedChart data={data} />
    </div>
  );
}

/** A municipality: its schools, their signs, how its scores are spread. */
export default function Municipality() {
  const { t } = useTranslation('region');
  const id = Number(useParams().id);
  const keep = useKeep();
  const me = useMe();
  const asked = useOverview(id);
  const above = me.role === 'municipal' ? [] : [{ title: t('page.region'), to: keep('/analysis', { unit: null }) }];
  return (
    <>
      <PageHead title={asked.data?.unit.name ?? t('page.municipality')} what={t('municipality.what')} crumbs={above}>
        <Link to={keep('/analysis/signs', { unit: id })}><Button>{t('region.to-signs')}</Button></Link>
      </PageHead>
      <Loaded of={asked} rows={8}>{(data) => <Content data={data} />}</Loaded>
    </>
  );
}
