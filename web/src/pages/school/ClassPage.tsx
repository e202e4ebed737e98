import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';

import { useContextBar, useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { FAMILIES } from '../../parts/evidence';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { ItemProfile } from '../../parts/items/ItemProfile';
import { Loaded } from '../../parts/Loaded';
import { Explained } from './Explained';
import { PCell } from './PCell';
import { SchoolHead } from './SchoolHead';
import { familyP, levelOf, NO_CLASS, useUnit, useView, type OwnClass, type Procedure, type Unit, type View } from './view';
import '../../styles/school.css';

interface Written { one: OwnClass; of: Procedure }

/** The same pupils in all procedures: one label and one cohort. */
function writtenBy(view: View, key: string, procedure: string | null, cohort: number | null): Written[] {
  const all = view.procedures.flatMap((of) => (of.classes ?? []).filter((one) => one.key === key).map((one) => ({ one, of })));
  const start = all.find(({ of }) => of.procedure === procedure) ?? all.at(-1);
  const wanted = cohort ?? start?.one.cohort ?? 0;
  return all.filter(({ one }) => one.cohort === wanted);
}

function Table({ unit, rows, chosen, onChoose }: { unit: number; rows: Written[]; chosen: string; onChoose: (code: string) => void }) {
  const { t } = useTranslation(['school', 'evidence']);
  const format = useFormat();
  return (
    <DataTable<Written>
      name={t('class.table')}
      size="small"
      scroll={{ x: 700 }}
      rowKey={({ of }) => of.procedure}
      dataSource={rows}
      rowClassName={({ of }) => (of.procedure === chosen ? 'oko-chosen' : '')}
      columns={[
        { title: t('families.procedure'), key: 'title', render: (_, { of }) => <Button type="link" className="oko-inline" onClick={() => onChoose(of.procedure)}>{of.title}</Button> },
        { title: t('families.works'), key: 'n', align: 'right', render: (_, { one }) => format.number(one.n, 0) },
        { title: t('families.evidence'), key: 'evidence', render: (_, { one }) => <EvidenceTag level={levelOf(one)} /> },
        ...FAMILIES.map((family) => ({ title: <abbr title={t(`evidence:family.${family}`)}>{t(`evidence:short.${family}`)}</abbr>, key: family, align: 'right' as const, render: (_: unknown, { one }: Written) => <PCell p={familyP(one, family)} /> })),
        { title: <span className="oko-sr">{t('how')}</span>, key: 'how', className: 'oko-no-print', render: (_, { one, of }) => <HowMade small of={of.title} source={{ kind: 'sign', unit, procedure: of.procedure, class: one.key }} /> },
      ]}
    />
  );
}

function Body({ unit, view, label }: { unit: Unit; view: View; label: string }) {
  const { t } = useTranslation('school');
  const { procedure, change } = useContextBar();
  const keep = useKeep();
  const me = useMe();
  const [search] = useSearchParams();
  const cohort = Number(search.get('cohort')) || null;
  const rows = useMemo(() => writtenBy(view, label, procedure, cohort), [view, label, procedure, cohort]);
  const shown = rows.find(({ of }) => of.procedure === procedure) ?? rows.at(-1);
  const title = label ? t('class.title', { name: label }) : t('classes.no-name');
  const what = shown?.one.cohort ? t('class.cohort', { year: shown.one.cohort, school: unit.name }) : unit.name;
  const pairs = keep(`/analysis/schools/${unit.id}/pairs`, { procedure: shown?.of.procedure ?? null, class: label || null });
  return (
    <>
      <SchoolHead unit={unit} title={title} what={what} more>
        {shown && me.role !== 'school' && <Link to={pairs}><Button>{t('to-pairs')}</Button></Link>}
      </SchoolHead>
      {!shown ? <EmptyState why={t('class.none')} next={<Link to={keep(`/analysis/schools/${unit.id}`)}>{t('class.back')}</Link>} /> : (
        <div className="oko-stack">
          <section className="oko-card" aria-labelledby="oko-class"><h2 id="oko-class">{t('class.table')}</h2><Table unit={unit.id} rows={rows} chosen={shown.of.procedure} onChoose={(code) => change({ procedure: code })} /></section>
          <section className="oko-card" aria-labelledby="oko-class-signs">
            <div className="oko-part-head">
              <h2 id="oko-class-signs">{shown.of.title}</h2>
              <Select className="oko-no-print" aria-label={t('signs.choose')} value={shown.of.procedure} popupMatchSelectWidth={false} onChange={(code) => change({ procedure: code })} options={rows.map(({ of }) => ({ value: of.procedure, label: of.title }))} />
            </div>
            <Explained unit={unit.id} procedure={shown.of.procedure} label={label} />
          </section>
          <ItemProfile unit={unit.id} procedure={shown.of.procedure} label={label} />
        </div>
      )}
    </>
  );
}

function OfUnit({ unit, label }: { unit: Unit; label: string }) {
  const view = useView(unit.id);
  return <Loaded of={view} rows={8}>{(data) => <Body unit={unit} view={data} label={label} />}</Loaded>;
}

/** One class: its pupils in all procedures, the signs of one of them, its items. */
export default function ClassPage() {
  const { id, key: label = '' } = useParams();
  const unit = useUnit(Number(id));
  useView(Number(id)); // at the same time
  return <Loaded of={unit}>{(data) => <OfUnit unit={data} label={label === NO_CLASS ? '' : label} />}</Loaded>;
}
