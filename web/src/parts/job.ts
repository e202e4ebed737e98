import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { $api, type Schemas } from '../api/client';

export type Job = Schemas['Job'];

export const isOver = (job: Job): boolean => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';

/** A job while it runs: by the server's events, and asked for every two seconds where these do not come. `onOver` is called once. */
export function useJob(id: number | null, onOver?: (job: Job) => void): Job | undefined {
  const queries = useQueryClient();
  const [told, setTold] = useState<Job | undefined>();
  const asked = $api.useQuery('get', '/jobs/{id}', { params: { path: { id: id ?? 0 } } }, {
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : 2000),
  });
  useEffect(() => {
    setTold(undefined);
    if (id === null) return undefined;
    const events = new EventSource(`/api/v1/jobs/${id}/events`);
    events.addEventListener('job', (event) => {
      const job = JSON.parse((event as MessageEvent<string>).data) as Job;
      setTold(job);
      if (isOver(job)) events.close();
    });
    return () => events.close();
  }, [id]);
  const job = told?.id === id && (isOver(told) || !asked.data || !isOver(asked.data)) ? told : asked.data;
  const said = useRef<number | null>(null);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    if (!job || !isOver(job) || said.current === job.id) return;
    said.current = job.id;
    if (job.state === 'done') void queries.invalidateQueries({ predicate: (query) => query.queryKey[1] !== '/jobs/{id}' });
    over.current?.(job);
  }, [job, queries]);
  return job;
}
