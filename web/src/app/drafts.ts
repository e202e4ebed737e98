import { useCallback, useEffect, useRef, useState } from 'react';

import { useMe } from './session';

/** What was typed and not yet saved stays in this browser, by person and place, until it was saved or thrown away. */
export function useDraft<T>(place: string, start: T): [T, (value: T) => void, { kept: boolean; forget: () => void }] {
  const { id } = useMe();
  const key = `oko.draft.${id}.${place}`;
  const read = (): T | undefined => {
    try {
      const text = localStorage.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  };
  const [found] = useState(read);
  const [value, setValue] = useState<T>(found ?? start);
  const [kept, setKept] = useState(found !== undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<(() => void) | null>(null);

  const change = useCallback((next: T) => {
    setValue(next);
    clearTimeout(timer.current);
    pending.current = () => { localStorage.setItem(key, JSON.stringify(next)); pending.current = null; };
    timer.current = setTimeout(() => pending.current?.(), 250);
    setKept(true);
  }, [key]);
  useEffect(() => {
    const write = () => { clearTimeout(timer.current); pending.current?.(); };
    window.addEventListener('pagehide', write); // the last keys before the page is left or loaded anew
    return () => { window.removeEventListener('pagehide', write); write(); };
  }, [key]);

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    pending.current = null;
    localStorage.removeItem(key);
    setKept(false);
  }, [key]);
  return [value, change, { kept, forget }];
}

/** At sign-out: nothing of a person's drafts stays on a shared computer. */
export function forgetDrafts(id: number): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`oko.draft.${id}.`)) localStorage.removeItem(key);
}
