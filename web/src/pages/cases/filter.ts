import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

import { useContextBar } from '../../app/context';

export interface CaseFilter { view: 'board' | 'list'; sign: string | null; overdue: boolean; mine: boolean; state: string | null; search: string; sort: string }

/** What of the cases is shown; all of it stands in the address. */
export function useCaseFilter(): { filter: CaseFilter; unit: number | undefined; year: number | undefined; change: (part: Partial<Record<keyof CaseFilter, string | null>>) => void } {
  const [search, setSearch] = useSearchParams();
  const { unit, year } = useContextBar();
  const change = useCallback((part: Partial<Record<keyof CaseFilter, string | null>>) => setSearch((old) => {
    const next = new URLSearchParams(old);
    for (const [key, value] of Object.entries(part)) if (value) next.set(key, value); else next.delete(key);
    next.delete('page');
    return next;
  }), [setSearch]);
  const filter = useMemo<CaseFilter>(() => ({
    view: search.get('view') === 'list' ? 'list' : 'board',
    sign: search.get('sign'),
    overdue: search.get('overdue') === '1',
    mine: search.get('mine') === '1',
    state: search.get('state'),
    search: search.get('search') ?? '',
    sort: search.get('sort') ?? 'due',
  }), [search]);
  return { filter, unit: unit ?? undefined, year: year ?? undefined, change };
}
