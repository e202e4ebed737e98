import { Alert, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { Problem } from '../../api/problem';
import { useContextBar } from '../../app/context';
import { EmptyState } from '../../parts/EmptyState';
import { HowMade } from '../../parts/HowMade';
import { Loaded } from '../../parts/Loaded';
import { SignPicture } from '../../parts/pictures/SignPicture';
import { Answers } from './Answers';
import { PairTable } from './PairTable';
import { SchoolHead } from './SchoolHead';
import { byStrength, useUnit, useView, type Procedure, type Unit, type View } from './view';
import '../../styles/school.css';

function Found({ unit, of, label }: { unit: number; of: Procedure; label: string | null }) {
  const { t } = useTranslation('school');
  const asked = $api.useQuery('get', '/units/{id}/pairs', { params: { path: { id: unit }, query: { procedure: of.procedure, ...(label === null ? {} : { class: label }) } } });
  if (asked.error instanceof Problem && asked.error.status === 422) return <EmptyState why={asked.error.message} next={t('pairs.choose-class')} />;
  return (
    <Loaded of={asked} rows={6}>
      {(data) => (
        <>
          <section className="oko-card" aria-labelledby="oko-groups">
            <div className="oko-part-head">
              <h2 id="oko-groups">{t('pairs.groups')}</h2>
              <HowMade of={t('pairs.groups')} what={t('pairs.how')} numbers={[{ label: t('pairs.works'), value: data.works }, { label: t('pairs.compared'), value: data.pairs }, { label: t('pairs.answers'), value: data.answers }]} />
            </div>
            {data.groups.length === 0 ? <p>{t('pairs.no-groups')}</p> : data.groups.map((codes, k) => (
              <div key={codes[0]}>
                <h3>{t('pairs.group', { number: k + 1, count: codes.length })}</h3>
                <Answers labels={data.labels} works={data.rows.filter((row) => codes.includes(row.code))} name={t('pairs.group', { number: k + 1, count: codes.length })} />
              </div>
            ))}
          </section>
          <PairTable data={data} />
        </>
      )}
    </Loaded>
  );
}

function Body({ unit, view }: { unit: Unit; view: View }) {
  const { t } = useTranslation('school');
  const { procedure, change } = useContextBar();
  const [search, setSearch] = useSearchParams();
  const label = search.get('class');
  const sorted = useMemo(() => [...view.procedures].sort(byStrength), [view]);
  const of = view.procedures.find((one) => one.procedure === procedure) ?? sorted[0];
  if (!of) return <EmptyState why={t('empty.why')} />;
  const classes = (of.classes ?? []).map((one) => ({ value: one.key, label: one.key || t('classes.no-name') }));
  const pick = (value: string | undefined) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (value === undefined) next.delete('class'); else next.set('class', value);
    return next;
  });
  return (
    <div className="oko-stack">
      <Alert type="info" showIcon title={<>{t('pairs.note')} {t('pairs.logged')}</>} />
      <div className="oko-row">
        <Select aria-label={t('signs.choose')} value={of.procedure} popupMatchSelectWidth={false} onChange={(code) => change({ procedure: code })} options={view.procedures.map((one) => ({ value: one.procedure, label: one.title }))} />
        <Select aria-label={t('classes.class')} allowClear placeholder={t('pairs.whole')} value={label ?? undefined} popupMatchSelectWidth={false} onChange={pick} options={classes} className="oko-year" />
      </div>
      <SignPicture unit={unit.id} procedure={of.procedure} label={label} statistic="pairs" />
      <Found unit={unit.id} of={of} label={label} />
    </div>
  );
}

function OfUnit({ unit }: { unit: Unit }) {
  const { t } = useTranslation('school');
  const view = useView(unit.id);
  return (
    <>
      <SchoolHead unit={unit} title={t('pairs.title')} what={t('pairs.what')} more />
      <Loaded of={view} rows={8}>{(data) => <Body unit={unit} view={data} />}</Loaded>
    </>
  );
}

/** Works that are more alike than independent works are, by codes alone; every look is written down. */
export default function Pairs() {
  const { id } = useParams();
  const unit = useUnit(Number(id));
  useView(Number(id)); // at the same time
  return <Loaded of={unit}>{(data) => <OfUnit unit={data} />}</Loaded>;
}
