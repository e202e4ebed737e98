import { Form, type FormInstance } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';

import { useDraft, type Draft } from '../app/drafts';
import { useTellFailure } from './ProblemAlert';

export interface KeptOptions<T> {
  /** Record and form: "unit.12". One place is one draft of this person. */
  place: string;
  /** Version of the record. */
  base?: string | number;
  /** What the form begins with when nothing is kept. */
  start?: Partial<T>;
  /** Names of fields that are never kept: passwords, codes. */
  secret?: readonly string[];
  /** Resolves when the server has it: the draft is dropped. What it throws is told, at the fields where it belongs there. */
  onSave: (values: T) => Promise<unknown>;
  /** Where the fields stand in the body of the call: "/body". */
  root?: string;
  form?: FormInstance<T>;
}
export interface KeptForm<T> {
  form: FormInstance<T>;
  draft: Draft<unknown>;
  busy: boolean;
  initial: Partial<T>;
  onType: () => void;
  onFinish: (values: T) => void;
  afresh: () => void;
}

const DAY = '$moment';

/** Values as text keeps them: moments of a calendar by a name of their own, secrets left out. */
function pack(value: unknown, secret: readonly string[] = []): unknown {
  if (dayjs.isDayjs(value)) return { [DAY]: value.toISOString() };
  if (Array.isArray(value)) return value.map((one) => pack(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !secret.includes(key)).map(([key, part]) => [key, pack(part, secret)]));
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  if (DAY in value) return dayjs((value as Record<string, string>)[DAY]);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]));
}

const isPart = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value) && !dayjs.isDayjs(value);

/** What was typed over what the record says; members that the form does not show stay. */
const over = (start: unknown, typed: unknown): unknown =>
  (isPart(start) && isPart(typed) ? Object.fromEntries([...new Set([...Object.keys(start), ...Object.keys(typed)])].map((key) => [key, key in typed ? over(start[key], typed[key]) : start[key]])) : typed);

/** A form of Ant Design whose unsaved values outlive the page, and that knows when they are saved. */
export function useKeptForm<T extends object>({ place, base, start = {}, secret = [], onSave, root, form: given }: KeptOptions<T>): KeptForm<T> {
  const [own] = Form.useForm<T>();
  const form = given ?? own;
  const tell = useTellFailure();
  const [values, keep, draft] = useDraft<unknown>(place, pack(start, secret), { base, loose: true });
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => { if (round > 0) form.resetFields(); }, [round, form]);
  const onFinish = (all: T) => {
    setBusy(true);
    onSave(all).then(draft.forget, (error: unknown) => tell(error, form, root)).finally(() => setBusy(false));
  };
  return {
    form, draft, busy, onFinish,
    initial: draft.restored ? (over(start, unpack(values)) as Partial<T>) : start,
    // After what else the same key stroke sets: one field may fill in others.
    onType: () => queueMicrotask(() => keep(pack(form.getFieldsValue(), secret))),
    afresh: () => { draft.afresh(); setRound((old) => old + 1); },
  };
}
