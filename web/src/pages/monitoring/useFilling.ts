import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import { Problem, Unreachable } from '../../api/problem';
import type { Schemas } from '../../api/client';
import { wire } from '../../api/wire';
import { useDraft } from '../../app/drafts';
import { call, type Head } from '../../parts/records';
import { read } from './cells';
import type { Field, Value, Values } from './data';

export type Form = Schemas['Form'] & Head;
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused';
interface Pending { texts: Record<string, string>; explanation?: string }

const NOTHING: Pending = { texts: {} };
const valuesOf = (form: Form): Values => (form.body.values ?? {}) as Values;
export const shownAs = (value: Value | undefined): string => (value === true ? 'yes' : value === false ? 'no' : value === null || value === undefined ? '' : String(value));

export interface Filling {
  text: (code: string) => string;
  explanation: string;
  /** Why the typed text of a field is not saved: the server's words, or 'unread'. */
  problems: Record<string, string>;
  /** What somebody else put into a field meanwhile. */
  clashes: Record<string, Value>;
  state: SaveState;
  savedAt: Date | null;
  error: unknown;
  /** Fields that somebody else changed and that were taken over. */
  merged: string[];
  type: (texts: Record<string, string>) => void;
  explain: (text: string) => void;
  settle: (code: string, mine: boolean) => void;
  /** Saves what waits; true when everything typed is on the server. */
  flush: () => Promise<boolean>;
  /** The version that the server has now. */
  version: () => number;
}

/** A form filled as it is typed: every pause is saved field by field, what can't be saved yet stays in the browser. */
export function useFilling(form: Form, fields: Field[]): Filling {
  const queries = useQueryClient();
  const [draft, setDraft, kept] = useDraft<Pending>(`form.${form.id}`, NOTHING);
  const pending = useRef(draft);
  const server = useRef(form);
  const busy = useRef<Promise<boolean> | null>(null);
  const [state, setState] = useState<SaveState>(Object.keys(draft.texts).length > 0 || draft.explanation !== undefined ? 'waiting' : 'saved');
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [clashes, setClashes] = useState<Record<string, Value>>({});
  const clashing = useRef(clashes);
  clashing.current = clashes;
  const [merged, setMerged] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  if (form.version > server.current.version) server.current = form;

  const keep = useCallback((next: Pending) => {
    pending.current = next;
    setDraft(next);
    if (Object.keys(next.texts).length === 0 && next.explanation === undefined) kept.forget();
  }, [setDraft, kept]);

  /** What of it can be sent: read by the type of its field, and not in dispute. */
  const sendable = useCallback(() => {
    const values: Values = {};
    const unread: Record<string, string> = {};
    for (const [code, text] of Object.entries(pending.current.texts)) {
      const field = fields.find((one) => one.code === code);
      const value = field && read(field, text);
      if (code in clashing.current) continue;
      if (value === undefined) unread[code] = 'unread'; else values[code] = value;
    }
    return { values, unread, any: Object.keys(values).length > 0 || pending.current.explanation !== undefined };
  }, [fields]);

  const took = useCallback((saved: Form, before: Values, sent: Pending, values: Values) => {
    const others = Object.entries(valuesOf(saved)).filter(([code, value]) => !(code in values) && before[code] !== value && !(before[code] === undefined && value === null)).map(([code]) => code);
    server.current = saved;
    queries.setQueryData(['record', 'form', saved.id], saved);
    void queries.invalidateQueries({ refetchType: 'none', predicate: (query) => query.queryKey[0] !== 'record' });
    const texts = Object.fromEntries(Object.entries(pending.current.texts).filter(([code, text]) => !(code in values) || sent.texts[code] !== text));
    keep({ texts, ...(pending.current.explanation !== sent.explanation ? { explanation: pending.current.explanation } : {}) });
    if (others.length > 0) setMerged(others);
    setSavedAt(new Date());
  }, [keep, queries]);

  const reread = useCallback(async () => {
    const now = await call<Form>(`/forms/${form.id}`);
    server.current = now;
    queries.setQueryData(['record', 'form', form.id], now);
    return now;
  }, [form.id, queries]);

  const failed = useCallback(async (cause: unknown): Promise<'again' | 'stop'> => {
    if (cause instanceof Unreachable) { setState('offline'); return 'stop'; }
    if (cause instanceof Problem && cause.status === 412) {
      const now = await reread();
      const codes = cause.places.map((place) => place.pointer.replace('/values/', ''));
      if (codes.length > 0) setClashes((old) => { const next = { ...old, ...Object.fromEntries(codes.map((code) => [code, valuesOf(now)[code] ?? null])) }; clashing.current = next; return next; });
      return 'again';
    }
    setState('refused');
    if (cause instanceof Problem && cause.places.length > 0) {
      setProblems((old) => ({ ...old, ...Object.fromEntries(cause.places.map((place) => [place.pointer.replace('/values/', ''), place.detail])) }));
    } else setError(cause);
    return 'stop';
  }, [reread]);

  const saveOnce = useCallback(async (): Promise<boolean> => {
    for (let attempt = 0; attempt < 4; attempt++) {
      const { values, unread, any } = sendable();
      setProblems(unread);
      if (!any) {
        const clean = Object.keys(unread).length === 0 && Object.keys(clashing.current).length === 0;
        setState(clean ? 'saved' : 'refused');
        return clean;
      }
      const sent = pending.current;
      const { version } = server.current;
      const before = valuesOf(server.current);
      setState('saving');
      setError(null);
      try {
        const body = { values, ...(sent.explanation === undefined ? {} : { explanation: sent.explanation }) };
        took(await call<Form>(`/forms/${form.id}/values`, { method: 'PATCH', body, version }), before, sent, values);
      } catch (cause) {
        try {
          if ((await failed(cause)) === 'stop') return false;
        } catch (second) {
          setState(second instanceof Unreachable ? 'offline' : 'refused');
          return false;
        }
      }
    }
    return false;
  }, [sendable, took, failed, form.id]);

  const flush = useCallback(async (): Promise<boolean> => {
    while (busy.current) await busy.current;
    busy.current = saveOnce().finally(() => { busy.current = null; });
    return busy.current;
  }, [saveOnce]);

  const waits = Object.keys(draft.texts).length > 0 || draft.explanation !== undefined;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => void flush(), 800);
    return () => clearTimeout(timer);
  }, [draft, waits, flush]);
  useEffect(() => wire.onOnline((online) => { if (online && (Object.keys(pending.current.texts).length > 0 || pending.current.explanation !== undefined)) void flush(); }), [flush]);

  const type = useCallback((texts: Record<string, string>) => {
    keep({ ...pending.current, texts: { ...pending.current.texts, ...texts } });
    setState((old) => (old === 'offline' ? old : 'waiting'));
    setProblems((old) => Object.fromEntries(Object.entries(old).filter(([code]) => !(code in texts))));
  }, [keep]);
  const explain = useCallback((explanation: string) => { keep({ ...pending.current, explanation }); setState((old) => (old === 'offline' ? old : 'waiting')); }, [keep]);
  const settle = useCallback((code: string, mine: boolean) => {
    const left = Object.fromEntries(Object.entries(clashing.current).filter(([one]) => one !== code));
    clashing.current = left;
    setClashes(left);
    if (!mine) keep({ ...pending.current, texts: Object.fromEntries(Object.entries(pending.current.texts).filter(([one]) => one !== code)) });
    void flush();
  }, [keep, flush]);

  return {
    text: (code) => draft.texts[code] ?? shownAs(valuesOf(server.current)[code]),
    explanation: draft.explanation ?? server.current.body.explanation ?? '',
    problems, clashes, state, savedAt, error, merged, type, explain, settle, flush, version: () => server.current.version,
  };
}
