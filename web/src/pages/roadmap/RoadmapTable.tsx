import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { Due } from '../../parts/Due';
import { StateTag } from '../../parts/StateTag';
import { isOver, isPlanned, LEVELS, type Level, type Row, type Table } from './table';

/** What the unit itself has done about the row. */
function Own({ row }: { row: Row }) {
  const { t } = useTranslation('roadmap');
  const { progress } = row;
  return (
    <div className="oko-rm-own">
      <StateTag kind="roadmap-row" state={row.state} />
      {!isOver(row) && <Due due={row.due} overdue={row.overdue} />}
      {progress && progress.of > 0 && <span>{t('counted', { done: progress.done, of: progress.of })}</span>}
      {row.evidence.length > 0 && <span>{t('evidence-count', { count: row.evidence.length })}</span>}
    </div>
  );
}

/** How many of the units below have done it: in words, with a bar beside them. */
function Below({ row, level }: { row: Row; level: Level }) {
  const { t } = useTranslation('roadmap');
  const below = row.below[level];
  if (!below || below.units === 0) return null;
  const done = below.states.done ?? 0;
  const work = below.states['in-progress'] ?? 0;
  return (
    <div className="oko-rm-below">
      <span className="oko-rm-bar" aria-hidden="true">
        <span className="oko-rm-done" style={{ width: `${(100 * done) / below.units}%` }} />
        <span className="oko-rm-work" style={{ width: `${(100 * work) / below.units}%` }} />
      </span>
      <span>{t(`below.${level}`, { done, count: below.units })}{work > 0 && `, ${t('below.work', { count: work })}`}</span>
    </div>
  );
}

function Cell({ row, level, own, link }: { row: Row; level: Level; own: Level; link: string }) {
  const { t } = useTranslation('roadmap');
  const text = row.texts[level] ?? '';
  if (!isPlanned(text)) return <td className="oko-rm-none">{t('nothing')}</td>;
  const mine = level === own;
  const seen = mine || row.below[level] !== undefined;
  return (
    <td className={mine ? 'oko-rm-mine' : undefined}>
      {seen ? <Link to={link} aria-label={t('open-row', { no: row.no, text })}>{text}</Link> : text}
      {mine && <Own row={row} />}
      {!mine && <Below row={row} level={level} />}
    </td>
  );
}

/** The roadmap as in the order: years as sections, numbered rows, a column a level; «-» and empty cells as they are there. */
export function RoadmapTable({ table, rows }: { table: Table; rows: Row[] }) {
  const { t } = useTranslation('roadmap');
  const keep = useKeep();
  const own = table.unit.level as Level;
  const years = [...new Set(rows.map((row) => row.year))];
  return (
    <div className="oko-rm-scroll" tabIndex={0} role="group" aria-label={table.title}>
      <table className="oko-rm">
        <caption className="oko-sr">{table.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('no')}</th>
            {LEVELS.map((level) => <th key={level} scope="col" aria-current={level === own || undefined}>{table.columns?.[level] ?? t(`level.${level}`)}</th>)}
          </tr>
        </thead>
        {years.map((year) => (
          <tbody key={year}>
            <tr><th colSpan={4} scope="rowgroup" className="oko-rm-year">{t('year', { year })}</th></tr>
            {rows.filter((row) => row.year === year).map((row) => (
              <tr key={row.no}>
                <th scope="row" className="oko-number">{row.no}</th>
                {LEVELS.map((level) => <Cell key={level} row={row} level={level} own={own} link={keep(`/roadmap/table/${table.code}`, { no: row.no })} />)}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
