import { useSyncExternalStore } from 'react';

import { Problem } from '../../api/problem';
import type { Job } from '../../parts/job';
import { upload } from '../../parts/upload';

/** How a file is to be read, besides what it says itself. */
export interface HowToRead {
  procedure?: string;
  list?: string;
  reference?: boolean;
  school?: string;
  region?: string;
  dry_run?: boolean;
  add_classes?: boolean;
}

export type Stage = 'waiting' | 'sending' | 'reading' | 'over' | 'lost' | 'refused' | 'stopped';
export interface Entry {
  key: number;
  file: File;
  how: HowToRead;
  stage: Stage;
  share: number;
  job: number | null;
  ended: Job | null;
  error: unknown;
}

let entries: readonly Entry[] = [];
let next = 1;
let sending: AbortController | null = null;
const listeners = new Set<() => void>();

function change(key: number, part: Partial<Entry>): void {
  entries = entries.map((entry) => (entry.key === key ? { ...entry, ...part } : entry));
  listeners.forEach((listener) => listener());
}

function address(entry: Entry): string {
  const query = new URLSearchParams({ name: entry.file.name });
  for (const [name, value] of Object.entries(entry.how)) if (value !== undefined && value !== '' && value !== false) query.set(name, String(value));
  return `/imports?${query}`;
}

/** One file after the other, in the order they were put in: a later one may correct an earlier one. */
async function work(): Promise<void> {
  const entry = sending ? undefined : entries.find((one) => one.stage === 'waiting');
  if (!entry) return;
  sending = new AbortController();
  change(entry.key, { stage: 'sending', share: 0, error: null });
  try {
    const job = await upload<Job>(address(entry), entry.file, { signal: sending.signal, onProgress: (share) => change(entry.key, { share }) });
    change(entry.key, { stage: 'reading', share: 1, job: job.id });
  } catch (error) {
    const stopped = error instanceof DOMException && error.name === 'AbortError';
    change(entry.key, { stage: stopped ? 'stopped' : error instanceof Problem ? 'refused' : 'lost', error: stopped ? null : error });
  }
  sending = null;
  void work();
}

/** Files on their way. They live as long as the browser's page: leaving for another page of the program does not stop them. */
export const queue = {
  add(files: readonly File[], how: HowToRead): void {
    const added = files.map((file): Entry => ({ key: next++, file, how, stage: 'waiting', share: 0, job: null, ended: null, error: null }));
    entries = [...entries, ...added];
    listeners.forEach((listener) => listener());
    void work();
  },
  /** The same file once more, perhaps read in another way. */
  again(key: number, how: HowToRead = {}): void {
    const entry = entries.find((one) => one.key === key);
    if (!entry) return;
    change(key, { how: { ...entry.how, ...how }, stage: 'waiting', share: 0, job: null, ended: null, error: null });
    void work();
  },
  stop(key: number): void {
    const entry = entries.find((one) => one.key === key);
    if (entry?.stage === 'sending') sending?.abort();
    else if (entry?.stage === 'waiting') change(key, { stage: 'stopped' });
  },
  end(key: number, job: Job): void { change(key, { stage: job.state === 'cancelled' ? 'stopped' : 'over', ended: job }); },
  remove(key: number): void {
    entries = entries.filter((entry) => entry.key !== key || entry.stage === 'sending');
    listeners.forEach((listener) => listener());
  },
};

export function useQueue(): readonly Entry[] {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => entries);
}

globalThis.addEventListener?.('beforeunload', (event) => {
  if (entries.some((entry) => entry.stage === 'waiting' || entry.stage === 'sending')) event.preventDefault();
});
