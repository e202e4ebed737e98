import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** A part of the address that a page listens to beside the context; a change begins the list anew. */
export function usePart(name: string): [string | null, (value: string | null) => void] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback((value: string | null) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (value) next.set(name, value); else next.delete(name);
    next.delete('page');
    return next;
  }, { replace: true }), [setSearch, name]);
  return [search.get(name), change];
}
