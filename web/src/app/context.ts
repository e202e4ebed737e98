import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';

import type { ContextPart } from './area';
import { useMe } from './session';

const PARTS: readonly ContextPart[] = ['unit', 'year', 'procedure', 'campaign'];

export interface Context {
  /** The chosen unit, else the person's own; null: the whole register. */
  unit: number | null;
  year: number | null;
  procedure: string | null;
  campaign: number | null;
}

const number = (text: string | null): number | null => (text && /^\d+$/.test(text) ? Number(text) : null);

/** Unit, year, procedure and campaign that the address holds. `change` keeps everything else of the address. */
export function useContextBar(): Context & { change: (part: Partial<Record<ContextPart, string | number | null>>) => void } {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const change = useCallback((part: Partial<Record<ContextPart, string | number | null>>) => {
    setSearch((old) => {
      const next = new URLSearchParams(old);
      for (const [key, value] of Object.entries(part)) {
        if (value === null || value === undefined || value === '') next.delete(key);
        else next.set(key, String(value));
      }
      next.delete('page');
      return next;
    });
  }, [setSearch]);
  return useMemo(() => ({
    unit: number(search.get('unit')) ?? me.unit,
    year: number(search.get('year')),
    procedure: search.get('procedure'),
    campaign: number(search.get('campaign')),
    change,
  }), [search, me.unit, change]);
}

function contextOf(search: string): string {
  const old = new URLSearchParams(search);
  const own = new URLSearchParams();
  for (const part of PARTS) {
    const value = old.get(part);
    if (value) own.set(part, value);
  }
  return own.toString();
}

/** Address of another page that keeps the context of this one; `extra` is added, null takes a part away. */
export function useKeep(): (path: string, extra?: Record<string, string | number | null>) => string {
  const kept = contextOf(useLocation().search); // the same function while only other things of the address change
  return useCallback((path: string, extra: Record<string, string | number | null> = {}) => {
    const next = new URLSearchParams(kept);
    for (const [key, value] of Object.entries(extra)) {
      if (value === null || value === '') next.delete(key);
      else next.set(key, String(value));
    }
    const text = next.toString();
    return text ? `${path}?${text}` : path;
  }, [kept]);
}
