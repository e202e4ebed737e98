import type { Schemas } from '../../api/client';
import type { Job } from '../../parts/job';

export type Import = Schemas['Import'];
export type Severity = Schemas['ProblemPlaceOfFile']['severity'];
export const SEVERITIES: readonly Severity[] = ['rejected', 'repaired', 'note'];

/** What a job of an import says of itself. */
export interface Report {
  unchanged: boolean;
  import: number | null;
  layout: string;
  rows: number;
  participants: number;
  schools: number;
  new_units: number;
  units: number;
  aggregates: number;
  externals: number;
  findings: number;
  sheets_added: number;
  sheets_replaced: number;
  sheets_removed: number;
  works_lost: number;
  procedures: string[];
  dropped_columns: string[];
  problem_counts: { severity: Severity; reason: string; n: number }[];
}

export function reportOf(job: Job | null): Report | null {
  const result = job?.result as Partial<Report> | null | undefined;
  return result && typeof result.layout === 'string' ? (result as Report) : null;
}

/** What the summary kept with an import says: the same facts in other words. */
export interface Summary {
  counts?: { rows: number; participants: number; absent: number };
  sheets?: { added: number; replaced: number; unchanged: number; removed: number };
  schools?: number;
  new_units?: number;
  units?: number;
  aggregates?: number;
  externals?: number;
  findings?: number;
  works_lost?: number;
  procedures?: string[];
  dropped_columns?: string[];
  problem_counts?: { severity: Severity; n: number }[];
  sheets_ended?: number;
  sheets_back?: number;
  units_gone?: number;
}

export const summaryOf = (of: Import): Summary => (of.summary ?? {}) as Summary;

export function count(problems: { severity: Severity; n: number }[] | undefined, severity: Severity): number {
  return (problems ?? []).filter((one) => one.severity === severity).reduce((sum, one) => sum + one.n, 0);
}

/** A description of an unknown procedure, or the known ones that would fit. */
export type Hint = { kind: 'describe'; procedure: Schemas['Procedure'] } | { kind: 'choose'; codes: { code: string; title: string }[] };

export function hintOf(job: Job | null): Hint | null {
  const text = (job?.result as { hint?: string } | null | undefined)?.hint;
  if (!text) return null;
  if (!text.trimStart().startsWith('{')) {
    return { kind: 'choose', codes: text.split('\n').filter(Boolean).map((line) => { const [code, title] = line.split('\t'); return { code, title: title ?? code }; }) };
  }
  const read = JSON.parse(text) as { procedures?: Schemas['Procedure'][] } & Schemas['Procedure'];
  return { kind: 'describe', procedure: read.procedures?.[0] ?? read };
}

export const codeOf = (job: Job | null): string => (job?.error as { code?: string } | null | undefined)?.code ?? '';
export const detailOf = (job: Job | null): string => (job?.error as { detail?: string } | null | undefined)?.detail ?? '';
