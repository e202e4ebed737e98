import { Input } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Fixes, ProblemRow } from './fixes';
import { SEVERITIES, type Severity } from './report';

const textOf = (row: ProblemRow, col: number) => row.cells.find((cell) => cell.col === col)?.text ?? '';

function Edited({ row, col, column, fixes, severity }: { row: ProblemRow; col: number; column: string; fixes: Fixes; severity?: Severity }) {
  const { t } = useTranslation('data');
  const fixed = fixes.valueOf(row, col);
  const status = fixed !== undefined ? undefined : severity === 'rejected' ? 'error' : severity === 'repaired' ? 'warning' : undefined;
  return (
    <span className={fixed !== undefined ? 'oko-datum-fixed' : undefined}>
      <Input size="small" maxLength={200} status={status} value={fixed ?? textOf(row, col)} aria-label={t('rows.cell', { row: row.row, column })} onChange={(event) => fixes.set(row, col, event.target.value)} />
    </span>
  );
}

/** The cell of a problem: put right where the person may, else shown as it stood. */
export function FaultyCell({ row, problem, fixes }: { row: ProblemRow; problem: ProblemRow['problems'][number]; fixes: Fixes | null }) {
  if (fixes && problem.severity !== 'note') return <Edited row={row} col={problem.col} column={problem.column} fixes={fixes} severity={problem.severity} />;
  const text = textOf(row, problem.col);
  return text ? <span className={`oko-datum oko-datum-${problem.severity}`}>{text}</span> : null;
}

/** A cell as it stood in the file, marked when it is faulty or was put right; edited when the row is open. */
export function RowCell({ row, head, fixes, open }: { row: ProblemRow; head: { col: number; text: string }; fixes: Fixes | null; open: boolean }) {
  const here = row.problems.filter((one) => one.col === head.col);
  const worst = SEVERITIES.find((severity) => here.some((one) => one.severity === severity));
  if (fixes && open) return <Edited row={row} col={head.col} column={head.text} fixes={fixes} severity={worst} />;
  const fixed = fixes?.valueOf(row, head.col);
  if (fixed !== undefined) return <ins className="oko-datum">{fixed}</ins>;
  return <span className={worst ? `oko-datum oko-datum-${worst}` : 'oko-datum'}>{textOf(row, head.col)}</span>;
}
