import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { levelOf, type Procedure, type View } from './view';

interface Row { name: string; at: Map<number, Procedure> }

/** "ВПР. Математика. 4 класс. 2020" → the same without its year, so that years stand side by side. */
const nameOf = (one: Procedure) => one.title.replace(/[.,]?\s*\d{4}\s*$/, '');

function rowsOf(view: View, compare: (a: string, b: string) => number): { rows: Row[]; years: number[] } {
  const rows = new Map<string, Row>();
  for (const one of view.procedures) {
    const name = nameOf(one);
    if (!rows.has(name)) rows.set(name, { name, at: new Map() });
    rows.get(name)!.at.set(one.year, one);
  }
  const years = [...new Set(view.procedures.map((one) => one.year))].sort((a, b) => a - b);
  return { rows: [...rows.values()].sort((a, b) => compare(a.name, b.name)), years };
}

/** Procedures by year: where something asks for a look, at a glance. */
export function Matrix({ view, chosen, onChoose }: { view: View; chosen: string; onChoose: (code: string) => void }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  const { rows, years } = useMemo(() => rowsOf(view, format.compare), [view, format]);
  return (
    <section className="oko-card" aria-labelledby="oko-matrix">
      <h2 id="oko-matrix">{t('matrix.title')}</h2>
      <p className="oko-quiet oko-no-print">{t('matrix.what')}</p>
      <div className="oko-scroll" tabIndex={0} role="group" aria-label={t('matrix.title')}>
        <table className="oko-matrix">
          <thead><tr><th scope="col">{t('matrix.procedure')}</th>{years.map((year) => <th key={year} scope="col">{year}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                {years.map((year) => {
                  const one = row.at.get(year);
                  if (!one) return <td key={year}><span className="oko-quiet" aria-label={t('matrix.none')}>—</span></td>;
                  return (
                    <td key={year} data-chosen={one.procedure === chosen}>
                      <Button type="text" className="oko-matrix-cell" aria-pressed={one.procedure === chosen} onClick={() => onChoose(one.procedure)}>
                        <span className="oko-sr">{t('matrix.open', { title: one.title })} </span>
                        <EvidenceTag level={levelOf(one)} />
                        <span className="oko-quiet">{t('matrix.works', { count: one.n ?? 0 })}</span>
                      </Button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
