import { $api, type Schemas } from '../../api/client';
import { rankOf, type Family, type Level } from '../../parts/evidence';

export type View = Schemas['AnalysisView'];
export type Procedure = Schemas['OwnProcedure'];
export type OwnClass = Schemas['OwnClass'];
export type Unit = Schemas['Unit'];

export const levelOf = (one: { evidence?: unknown }): Level => (typeof one.evidence === 'string' ? (one.evidence as Level) : 'no_data');
export const familyP = (one: { families?: unknown }, family: Family): number | null => (one.families as Record<Family, number | null> | undefined)?.[family] ?? null;

/** The school as it sees itself: all procedures, their families, classes, the band of similar schools. */
export const useView = (unit: number) => $api.useQuery('get', '/analysis/view', { params: { query: { unit } } });
export const useUnit = (id: number) => $api.useQuery('get', '/units/{id}', { params: { path: { id } } });

/** Strongest first: what a reader should look at before the rest. */
export function byStrength(a: Procedure, b: Procedure): number {
  return rankOf(levelOf(b)) - rankOf(levelOf(a)) || (a.p ?? 1) - (b.p ?? 1) || b.year - a.year;
}

/** The address of a class; works without a class have an empty label. */
export const NO_CLASS = '~';
export const classPath = (school: number, key: string): string => `/analysis/schools/${school}/classes/${encodeURIComponent(key === '' ? NO_CLASS : key)}`;
