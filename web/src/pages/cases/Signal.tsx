import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { FactList } from '../../parts/FactList';
import { useTold } from '../../parts/told';
import { useFormat } from '../../parts/format';
import { useProcedureTitle } from '../../parts/lists';
import type { CasePageData } from './CasePage';

/** What was noticed, in words and numbers, which ordinary reasons may explain it, and what it was computed from. */
export function Signal({ page }: { page: CasePageData }) {
  const { t } = useTranslation(['cases', 'evidence']);
  const keep = useKeep();
  const format = useFormat();
  const title = useProcedureTitle();
  const told = useTold();
  const one = page.case;
  const origin = one.body.origin;
  if (!origin) return null;
  const reasons = told(origin.explanations, origin.explanations_en) ?? [];
  const procedures = origin.procedures ?? (origin.procedure ? [origin.procedure] : []);
  const interval = origin.effect_lo != null && origin.effect_hi != null ? ` (${t('signal.interval', { lo: format.number(origin.effect_lo), hi: format.number(origin.effect_hi) })})` : '';
  const facts = [
    { key: 'n', label: t('signal.n'), children: origin.n === undefined ? null : format.number(origin.n, 0) },
    { key: 'observed', label: t('signal.observed'), children: origin.observed == null ? null : format.number(origin.observed) },
    { key: 'expected', label: t('signal.expected'), children: origin.expected == null ? null : format.number(origin.expected) },
    { key: 'effect', label: t('signal.effect'), children: origin.effect == null ? null : `${format.number(origin.effect)}${interval}` },
    { key: 'p', label: t('signal.p'), children: origin.p == null ? null : <span className="oko-number">{format.p(origin.p)}</span> },
    { key: 'q', label: t('signal.q'), children: origin.q == null ? null : <span className="oko-number">{format.p(origin.q)}</span> },
    { key: 'reliability', label: t('signal.reliability'), children: origin.reliability ? t(`evidence:reliability.${origin.reliability}`, { defaultValue: origin.reliability }) : null },
    { key: 'list', label: t('signal.list'), children: origin.list ? `${origin.list}${origin.list_year ? `, ${origin.list_year}` : ''}` : null },
    { key: 'source', label: t('signal.source'), children: origin.source || null },
  ].filter((fact) => fact.children !== null);
  return (
    <Card title={<h2 className="oko-h2">{t('signal.title')}</h2>} extra={<Link to={keep(`/analysis/schools/${one.unit}`, { procedure: origin.procedure ?? null })}>{t('signal.picture')}</Link>}>
      <p>{origin.evidence && <b>{t(`evidence:level.${origin.evidence}`, { defaultValue: origin.evidence })}{origin.statement ? ': ' : '.'}</b>}{told(origin.statement, origin.statement_en) ?? (origin.kind === 'manual' ? (origin.reason ?? t('signal.by-hand')) : (origin.reason ?? ''))}</p>
      {procedures.length > 1 && <p className="oko-quiet">{t('signal.procedures', { list: procedures.map(title).join('; ') })}</p>}
      {facts.length > 0 && <FactList items={facts} />}
      {reasons.length > 0 && (
        <>
          <h3>{t('signal.reasons')}</h3>
          <ul>{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
        </>
      )}
      <p className="oko-quiet">{t('signal.not-verdict')}</p>
      {origin.run ? (
        <details>
          <summary>{t('signal.how')}</summary>
          <p>{t('signal.made', { run: origin.run, method: origin.method ?? '—', seed: origin.seed ?? '—', revision: origin.revision ?? '—' })}</p>
          <p className="oko-break"><code>{origin.snapshot}</code></p>
        </details>
      ) : null}
    </Card>
  );
}
