import { $api, type Schemas } from '../../api/client';

export type Table = Schemas['RoadmapTable'];
export type Row = Table['rows'][number];
export type Level = 'region' | 'municipality' | 'school';
export const LEVELS: readonly Level[] = ['region', 'municipality', 'school'];

/** Every roadmap that there is, the one in force with the latest years first. */
export function useRoadmaps() {
  const asked = $api.useQuery('get', '/roadmaps', { params: { query: { limit: 100 } } });
  const order = { active: 0, draft: 1, archived: 2 } as Record<string, number>;
  const all = [...(asked.data?.items ?? [])].sort((a, b) => (order[a.state] ?? 3) - (order[b.state] ?? 3) || (b.body.first_year ?? 0) - (a.body.first_year ?? 0));
  return { asked, all };
}

/** The roadmap as a unit sees it. */
export function useTable(code: string | undefined, unit: number | null) {
  return $api.useQuery('get', '/roadmap-tables/{code}', { params: { path: { code: code ?? '' }, query: unit === null ? {} : { unit } } }, { enabled: code !== undefined && code !== '' });
}

/** Nothing is planned there: an empty cell or a dash. */
export const isPlanned = (text: string | undefined): boolean => text !== undefined && text !== '' && text !== '-' && text !== '—';
export const isOver = (row: Row): boolean => row.state === 'done' || row.state === 'not-applicable';
