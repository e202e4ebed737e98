import { useCallback, useMemo } from 'react';

import { useDraft } from '../../app/drafts';
import type { Schemas } from '../../api/client';

export type ProblemRow = Schemas['ProblemRowList']['items'][number];
export type Fix = Schemas['CorrectionsBody']['corrections'][number];

const keyOf = (sheet: string, row: number, col: number) => `${row}/${col}/${sheet}`;

/** Cells that the person has put right and not yet applied; they outlive the page. */
export function useFixes(id: number) {
  const [fixes, setFixes, { forget }] = useDraft<Record<string, Fix>>(`import.${id}`, {});
  const list = useMemo(() => Object.values(fixes), [fixes]);
  const set = useCallback((row: ProblemRow, col: number, value: string) => {
    const key = keyOf(row.sheet, row.row, col);
    const stood = row.cells.find((cell) => cell.col === col)?.text ?? '';
    const next = { ...fixes };
    if (value === stood) delete next[key];
    else next[key] = { sheet: row.sheet, row: row.row, col, value };
    setFixes(next);
  }, [fixes, setFixes]);
  const valueOf = useCallback((row: ProblemRow, col: number): string | undefined => fixes[keyOf(row.sheet, row.row, col)]?.value, [fixes]);
  const clear = useCallback(() => { setFixes({}); forget(); }, [setFixes, forget]);
  return { list, set, valueOf, clear };
}
export type Fixes = ReturnType<typeof useFixes>;
