import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';

type OneProcedure = Schemas['Procedure'];

/** Which scores give which mark, from the cut-offs: {"3":7,"4":11,"5":15}. */
function marksOf(of: OneProcedure): { mark: number; from: number; to: number }[] {
  const edges = Object.entries(of.cutoffs ?? {}).map(([mark, from]) => ({ mark: Number(mark), from: Number(from) })).sort((a, b) => a.from - b.from);
  if (edges.length === 0) return [];
  const all = [{ mark: edges[0].mark - 1, from: 0 }, ...edges];
  return all.map((one, k) => ({ ...one, to: k + 1 < all.length ? all[k + 1].from - 1 : of.max }));
}

/** What is known of the procedure, and where its cut-offs are from. */
export function CutOffs({ of }: { of: OneProcedure }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const marks = marksOf(of);
  return (
    <section className="oko-card" aria-labelledby="oko-cutoffs">
      <h2 id="oko-cutoffs">{t('cutoffs.title')}</h2>
      <dl className="oko-figures">
        <div><dt>{t('list.max')}</dt><dd>{of.max}</dd></div>
        <div><dt>{t('list.items')}</dt><dd>{of.items?.length || t('list.only-totals')}</dd></div>
        {of.date && <div><dt>{t('cutoffs.date')}</dt><dd>{format.date(of.date)}</dd></div>}
      </dl>
      {marks.length === 0 ? <EmptyState why={t('cutoffs.none')} /> : (
        <div className="oko-scroll" tabIndex={0} role="group" aria-label={t('cutoffs.title')}>
          <table className="oko-answers">
            <thead><tr><th scope="col">{t('cutoffs.mark')}</th>{marks.map((one) => <th key={one.mark} scope="col">«{one.mark}»</th>)}</tr></thead>
            <tbody><tr><th scope="row">{t('cutoffs.scores')}</th>{marks.map((one) => <td key={one.mark}>{one.from}–{one.to}</td>)}</tr></tbody>
          </table>
        </div>
      )}
      <p className="oko-quiet">{of.source ? t('cutoffs.source', { source: of.source }) : t('cutoffs.no-source')}</p>
      {(of.gaps?.length ?? 0) > 0 && <p className="oko-quiet">{t('cutoffs.gaps', { gaps: of.gaps!.join(', ') })}</p>}
    </section>
  );
}
