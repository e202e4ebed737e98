import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';

export type Overview = Schemas['UnitOverview'];
export type Sums = Schemas['OverviewSums'];
export type Town = Schemas['OverviewMunicipality'];

export const LEVELS = ['strong', 'signs', 'attention', 'none', 'no_data'] as const;
export const FAMILIES = ['level', 'threshold', 'roster', 'pattern', 'time'] as const;
export const DEGREES = ['strong', 'signs', 'attention'] as const;

/** What the newest runs say of a region or municipality, for the year and procedure of the address. */
export function useOverview(unit: number) {
  const { year, procedure } = useContextBar();
  return $api.useQuery('get', '/units/{id}/overview', {
    params: { path: { id: unit }, query: { ...(year === null ? {} : { year }), ...(procedure === null ? {} : { procedure }) } },
  });
}

/** The procedure that a distribution is shown of: the chosen one, else the newest that has cut-offs. */
export function useShownProcedure(data: Overview): string | null {
  const { year, procedure } = useContextBar();
  if (procedure) return procedure;
  const fitting = data.cutoffs.filter((row) => row.state === 'ok' && (year === null || row.procedure.startsWith(String(year))));
  return fitting.at(-1)?.procedure ?? null;
}

export function titleOf(data: Overview, procedure: string): string {
  return data.procedures.find((one) => one.code === procedure)?.title ?? procedure;
}
