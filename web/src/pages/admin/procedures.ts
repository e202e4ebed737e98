import type { Schemas } from '../../api/client';

export type Procedure = Schemas['Procedure'];
export const KINDS = ['vpr', 'oge', 'ege', 'niko', 'rdr', 'internal', 'other'] as const;
export interface Cut { mark: number; from: number | null }

/** Marks with the score from which each is given, ascending. */
export function cutsOf(procedure: Pick<Procedure, 'cutoffs'>): Cut[] {
  return Object.entries((procedure.cutoffs ?? {}) as Record<string, number | null>)
    .map(([mark, from]) => ({ mark: Number(mark), from }))
    .sort((a, b) => a.mark - b.mark);
}

export type Fault = { kind: 'order' | 'range'; mark: number };

/** What keeps the cut-offs from splitting 0 … max into marks. */
export function faultsOf(cuts: readonly Cut[], max: number): Fault[] {
  const faults: Fault[] = [];
  let before = 0;
  for (const { mark, from } of cuts) {
    if (from === null || from < 1 || from > max) faults.push({ kind: 'range', mark });
    else if (from <= before) faults.push({ kind: 'order', mark });
    if (from !== null) before = Math.max(before, from);
  }
  return faults;
}

/** Pieces of the scale: mark and its scores. */
export function piecesOf(cuts: readonly Cut[], max: number, first: number): { mark: number; from: number; to: number }[] {
  const starts = [{ mark: first, from: 0 }, ...cuts.map(({ mark, from }) => ({ mark, from: from ?? max + 1 }))];
  return starts.map((one, i) => ({ ...one, to: (starts[i + 1]?.from ?? max + 1) - 1 })).filter((one) => one.from <= max && one.to >= one.from);
}

/** The same procedure a year later: its code, title and no date. */
export function nextYear(procedure: Procedure): Procedure {
  const year = Number(procedure.code.slice(0, 4));
  const { date: _, source: __, aliases: ___, ...rest } = procedure;
  return { ...rest, code: `${year + 1}${procedure.code.slice(4)}`, title: procedure.title.replaceAll(String(year), String(year + 1)) };
}
