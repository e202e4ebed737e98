import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

import { SEVERITIES, type Severity } from './report';

/** Which problems are looked at; it stands in the address. */
export function useFilter(): { severity: Severity | undefined; reason: string | undefined; set: (severity?: Severity, reason?: string) => void } {
  const [search, setSearch] = useSearchParams();
  const set = useCallback((severity?: Severity, reason?: string) => setSearch((old) => {
    const next = new URLSearchParams(old);
    for (const [key, value] of [['severity', severity], ['reason', reason]] as const) if (value) next.set(key, value); else next.delete(key);
    next.delete('page');
    return next;
  }), [setSearch]);
  const told = search.get('severity');
  return { severity: SEVERITIES.find((one) => one === told), reason: search.get('reason') ?? undefined, set };
}
