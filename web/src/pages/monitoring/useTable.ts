import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import { api } from '../../api/client';
import { Problem, Unreachable } from '../../api/problem';
import { wire } from '../../api/wire';
import { useDraft } from '../../app/drafts';
import { read } from './cells';
import type { CampaignForm, Field, Value, Values } from './data';
import { shownAs, type SaveState } from './useFilling';

type Texts = Record<string, Record<string, string>>; // by form, by field

export interface Filled {
  text: (form: CampaignForm, field: Field) => string;
  problem: (form: CampaignForm, field: Field) => string | undefined;
  type: (form: CampaignForm, field: Field, text: string) => void;
  leave: (form: CampaignForm) => void;
  state: SaveState;
  savedAt: Date | null;
}

/** Many forms filled in one table: each row is saved when it is left or at a pause; the rest stays in the browser. */
export function useTable(campaign: number, forms: CampaignForm[], fields: Field[], reread: () => Promise<unknown>): Filled {
  const queries = useQueryClient();
  const [texts, setTexts, kept] = useDraft<Texts>(`table.${campaign}`, {});
  const pending = useRef(texts);
  const known = useRef(forms);
  known.current = forms;
  const busy = useRef<Promise<void>>(Promise.resolve());
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [state, setState] = useState<SaveState>(Object.keys(texts).length > 0 ? 'waiting' : 'saved');
  const [savedAt, setSavedAt] = useState<Date | null>(null);

  const keep = useCallback((next: Texts) => {
    const clean = Object.fromEntries(Object.entries(next).filter(([, row]) => Object.keys(row).length > 0));
    pending.current = clean;
    setTexts(clean);
    if (Object.keys(clean).length === 0) kept.forget();
  }, [setTexts, kept]);
  const tell = useCallback((form: number, told: Record<string, string>) => setProblems((old) => ({
    ...Object.fromEntries(Object.entries(old).filter(([key]) => !key.startsWith(`${form}/`))),
    ...Object.fromEntries(Object.entries(told).map(([code, why]) => [`${form}/${code}`, why])),
  })), []);

  const saveRow = useCallback(async (id: number): Promise<void> => {
    const row = pending.current[id];
    const form = known.current.find((one) => one.form === id);
    if (!row || !form) return;
    const values: Values = {};
    const told: Record<string, string> = {};
    for (const [code, text] of Object.entries(row)) {
      const field = fields.find((one) => one.code === code);
      const value: Value | undefined = field ? read(field, text) : undefined;
      if (value === undefined) told[code] = `unread.${field?.type ?? 'count'}`; else values[code] = value;
    }
    if (Object.keys(values).length > 0) {
      setState('saving');
      try {
        await api.POST('/campaigns/{id}/values', { params: { path: { id: campaign } }, body: { rows: [{ unit: form.unit, version: form.version, values }] } });
        await reread();
        keep({ ...pending.current, [id]: Object.fromEntries(Object.entries(pending.current[id] ?? {}).filter(([code, text]) => !(code in values) || text !== row[code])) });
        void queries.invalidateQueries({ refetchType: 'none' });
        setSavedAt(new Date());
      } catch (cause) {
        if (cause instanceof Unreachable) { setState('offline'); return; }
        const places = cause instanceof Problem ? cause.places : [];
        for (const place of places) told[place.pointer.split('/')[4] ?? Object.keys(row)[0]] = place.detail;
        if (places.length === 0) told[Object.keys(row)[0]] = cause instanceof Error ? cause.message : String(cause);
        await reread().catch(() => undefined);
      }
    }
    tell(id, told);
    setState(Object.keys(told).length > 0 ? 'refused' : Object.keys(pending.current).length > 0 ? 'waiting' : 'saved');
  }, [campaign, fields, keep, queries, reread, tell]);

  const flush = useCallback(() => {
    busy.current = busy.current.then(async () => { for (const id of Object.keys(pending.current)) await saveRow(Number(id)); });
  }, [saveRow]);
  useEffect(() => {
    if (Object.keys(texts).length === 0) return undefined;
    const timer = setTimeout(flush, 900);
    return () => clearTimeout(timer);
  }, [texts, flush]);
  useEffect(() => wire.onOnline((online) => { if (online) flush(); }), [flush]);

  return {
    text: (form, field) => texts[form.form]?.[field.code] ?? shownAs((form.values as Values)[field.code]),
    problem: (form, field) => problems[`${form.form}/${field.code}`],
    type: (form, field, text) => { keep({ ...pending.current, [form.form]: { ...pending.current[form.form], [field.code]: text } }); setState((old) => (old === 'offline' ? old : 'waiting')); },
    leave: flush,
    state, savedAt,
  };
}
