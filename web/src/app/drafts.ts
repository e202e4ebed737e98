import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from './session';

/** What is kept of something typed: the values, where it was typed, and the version of the record as it was then. */
interface Kept<T> { value: T; path: string; title: string; at: string; base?: string | number }
export interface LeftDraft { key: string; path: string; title: string; at: string }

export interface Draft<T> {
  /** Something stands here that was not saved. */
  kept: boolean;
  /** It was typed before this page was opened: to be told. */
  restored: boolean;
  /** The record was changed by somebody since then. */
  outdated: boolean;
  /** Saved, or thrown away with the form. */
  forget: () => void;
  /** Thrown away, the form begins anew. */
  afresh: () => void;
  start: T;
}

const PREFIX = 'oko.draft.';
const empty = (value: unknown, loose: boolean) => value === undefined || (loose && (value === null || value === '' || (Array.isArray(value) && value.length === 0)));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same form for the same content: members in the order of their names; loose: nothing, no text and no list are one. */
function plain(value: unknown, loose: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one, loose));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !empty(part, loose)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, plain(part, loose)]));
}

/** Of the record what the form shows. */
const shown = (start: unknown, typed: unknown): unknown =>
  (isObject(typed) && isObject(start) ? Object.fromEntries(Object.keys(typed).map((key) => [key, shown(start[key], typed[key])])) : start);

/** Does what was typed say the same as the record? */
const same = (typed: unknown, start: unknown, loose: boolean): boolean => JSON.stringify(plain(typed, loose)) === JSON.stringify(plain(shown(start, typed), loose));

function read<T>(key: string): Kept<T> | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<T> | null;
    return kept && typeof kept === 'object' && 'value' in kept ? kept : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What was typed and not yet saved stays in this browser, by person and place (record and form), until it was saved or
 * thrown away. `base`: version of the record; a draft of an older one is told as such. `loose`: for forms, where an empty
 * field and none are the same.
 */
export function useDraft<T>(place: string, start: T, { base, loose = false }: { base?: string | number; loose?: boolean } = {}): [T, (value: T) => void, Draft<T>] {
  const { state } = useSession();
  const key = `${PREFIX}${state.kind === 'in' ? state.session.user.id : 'nobody'}.${place}`;
  const begin = useRef(start);
  begin.current = start;
  const [found] = useState(() => {
    const kept = read<T>(key);
    if (kept && same(kept.value, start, loose)) { localStorage.removeItem(key); return undefined; } // saved in the meantime
    return kept;
  });
  const [value, setValue] = useState<T>(found ? found.value : start);
  const [kept, setKept] = useState(found !== undefined);
  const [restored, setRestored] = useState(found !== undefined);
  const from = useRef(found?.base ?? base);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<(() => void) | null>(null);

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    pending.current = null;
    from.current = base;
    localStorage.removeItem(key);
    setKept(false);
    setRestored(false);
  }, [key, base]);
  const change = useCallback((next: T) => {
    setValue(next);
    if (same(next, begin.current, loose)) { forget(); return; }
    clearTimeout(timer.current);
    const draft: Kept<T> = { value: next, path: location.pathname + location.search, title: document.title, at: new Date().toISOString(), base: from.current };
    pending.current = () => { localStorage.setItem(key, JSON.stringify(draft)); pending.current = null; };
    timer.current = setTimeout(() => pending.current?.(), 250);
    setKept(true);
  }, [key, loose, forget]);
  const afresh = useCallback(() => { forget(); setValue(begin.current); }, [forget]);
  useEffect(() => {
    const write = () => { clearTimeout(timer.current); pending.current?.(); };
    window.addEventListener('pagehide', write); // the last keys before the page is left or loaded anew
    return () => { window.removeEventListener('pagehide', write); write(); };
  }, [key]);

  return [value, change, { kept, restored, outdated: restored && found?.base !== undefined && found.base !== base, forget, afresh, start }];
}

const keysOf = (id: number) => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${id}.`));

/** What this person has left unsaved in this browser, newest first. */
export function leftDrafts(id: number): LeftDraft[] {
  return keysOf(id).flatMap((key) => { const kept = read<unknown>(key); return kept ? [{ key, path: kept.path, title: kept.title, at: kept.at }] : []; })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

export const dropDraft = (key: string): void => localStorage.removeItem(key);

/** At sign-out: nothing of a person's drafts stays on a shared computer. */
export function forgetDrafts(id: number): void {
  keysOf(id).forEach(dropDraft);
}
