import { Card, Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useTold } from '../../parts/told';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useCatalogue, useIndicatorTitles } from '../../parts/lists';
import { FactNumbers } from './FactsCard';
import { Interval } from './Interval';
import { Verdict } from './Verdict';

type EffectReport = Schemas['EffectReport'];
type Facts = Schemas['EffectFacts'];

function Types({ report }: { report: EffectReport }) {
  const { t } = useTranslation(['effect', 'app']);
  const told = useTold();
  const { name } = useCatalogue();
  const indicator = useIndicatorTitles(report.types.map((one) => one.indicator));
  if (report.types.length === 0) return <EmptyState why={t('types.none')} />;
  return (
    <div className="oko-cards">
      {report.types.map((one, i) => (
        <Card key={i} title={<h3 className="oko-h2">{name(one.code ?? '')}</h3>}>
          <p><Verdict verdict={one.verdict} /></p>
          <p>{told(one.words, one.words_en)}</p>
          <Interval facts={one} />
          <p className="oko-quiet">{t('types.who', { level: t(`app:level.${one.level}`), count: one.n_treated ?? 0 })} {t('types.indicator', { name: indicator(one.indicator) })}</p>
          <details><summary>{t('numbers')}</summary><FactNumbers facts={one} /></details>
        </Card>
      ))}
    </div>
  );
}

function Measures({ measures }: { measures: Facts[] }) {
  const { t } = useTranslation('effect');
  const keep = useKeep();
  const format = useFormat();
  const told = useTold();
  const { name } = useCatalogue();
  return (
    <DataTable<Facts> name={t('measures.title')} rowKey="measure" dataSource={measures} columns={[
      { title: t('measures.measure'), key: 'measure', render: (_, one) => <Link to={keep(`/measures/${one.measure}`)}>{name(one.code ?? '')}</Link> },
      { title: t('measures.unit'), key: 'unit', sorter: (a, b) => format.compare(a.unit_name ?? '', b.unit_name ?? ''), render: (_, one) => one.unit_name || one.unit_code },
      { title: t('measures.verdict'), key: 'verdict', render: (_, one) => <Verdict verdict={one.verdict} />, filters: ['helped', 'not_helped', 'no_data'].map((value) => ({ value, text: t(`records:choice.${value}`) })), onFilter: (value, one) => one.verdict === value },
      { title: t('measures.words'), key: 'words', render: (_, one) => told(one.words, one.words_en) },
    ]} />
  );
}

/** Measures that nothing can be compared for: one sentence a reason, the list folded. */
function Silent({ measures }: { measures: Facts[] }) {
  const { t } = useTranslation('effect');
  const keep = useKeep();
  const { name } = useCatalogue();
  const reasons = [...new Set(measures.map((one) => one.why || 'effect.wide'))];
  return reasons.map((why) => {
    const group = measures.filter((one) => (one.why || 'effect.wide') === why);
    return (
      <details key={why} className="oko-gap">
        <summary>{t('silent', { count: group.length, why: t(`why.${why.replace('effect.', '')}`) })}</summary>
        <ul className="oko-links">{group.map((one) => <li key={one.measure}><Link to={keep(`/measures/${one.measure}`)}>{name(one.code ?? '')}</Link>, {one.unit_name || one.unit_code}</li>)}</ul>
      </details>
    );
  });
}

function Cases({ report }: { report: EffectReport }) {
  const { t } = useTranslation('effect');
  const told = useTold();
  const keep = useKeep();
  if (report.cases.length === 0) return <p className="oko-quiet">{t('cases.none')}</p>;
  return (
    <ul className="oko-links">
      {report.cases.map((one) => <li key={one.case}><Link to={keep(`/cases/${one.case}`)}>{one.unit_name || one.unit_code}</Link> <Verdict verdict={one.verdict} /> {told(one.words, one.words_en)}</li>)}
    </ul>
  );
}

/** What can be concluded of all measures together, in one sentence. */
function conclusion(counts: EffectReport['counts']): string {
  const helped = (counts.helped ?? 0) > 0, failed = (counts.not_helped ?? 0) > 0;
  if (helped && failed) return 'some-each';
  if (helped) return 'some-helped';
  if (failed) return 'some-failed';
  return (counts.no_data ?? 0) > 0 ? 'none-sure' : 'no-measures';
}

/** The report: in one sentence, by type of measure, by measure, by case, and how it was computed. */
export function Report({ report }: { report: EffectReport }) {
  const { t } = useTranslation(['effect', 'records']);
  const { counts } = report;
  const told = report.measures.filter((one) => one.effect != null);
  return (
    <div className="oko-stack">
      <p role="status"><b>{t(`sum.${conclusion(counts)}`)}</b> {t('sum.name')} {t('sum.helped', { count: counts.helped ?? 0 })}, {t('sum.not_helped', { count: counts.not_helped ?? 0 })}, {t('sum.no_data', { count: counts.no_data ?? 0 })}. {t('no-data')}</p>
      <section aria-labelledby="effect-types"><h2 id="effect-types" className="oko-h2 oko-gap">{t('types.title')}</h2><Types report={report} /></section>
      <section aria-labelledby="effect-measures"><h2 id="effect-measures" className="oko-h2 oko-gap">{t('measures.title')}</h2>{report.measures.length === 0 && <p className="oko-quiet">{t('measures.none')}</p>}{told.length > 0 && <Measures measures={told} />}<Silent measures={report.measures.filter((one) => one.effect == null)} /></section>
      <section aria-labelledby="effect-cases"><h2 id="effect-cases" className="oko-h2 oko-gap">{t('cases.title')}</h2><Cases report={report} /></section>
      <Collapse items={[
        { key: 'plain', label: t('plain.title'), children: <><p>{t('plain.compare')}</p><p>{t('regression')}</p><p>{t('plain.interval')}</p></> },
        { key: 'how', label: t('how.title'), children: <><p>{t('how.method', { method: report.method })}</p><p>{report.run ? t('how.run', { id: report.run.id, method: report.run.method, seed: report.run.seed }) : t('how.no-run')}</p><p className="oko-break">{t('how.inputs')} <code>{report.inputs}</code></p><p className="oko-break">{t('how.hash')} <code>{report.sha256}</code></p></> },
      ]} />
    </div>
  );
}
