import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';

import { carefulFetch } from '../api/client';
import { problemOf } from '../api/problem';

export interface Versioned<T> { value: T; version: number }

async function read<T>(path: string): Promise<Versioned<T>> {
  const response = await carefulFetch(new Request(new URL(`/api/v1${path}`, location.origin)));
  if (!response.ok) throw await problemOf(response);
  return { value: (await response.json()) as T, version: Number((response.headers.get('ETag') ?? '').replace(/\D/g, '')) };
}

/** Something that is changed by its version (ETag → If-Match): settings, units, procedures, people. */
export function useVersioned<T>(path: string | null): UseQueryResult<Versioned<T>> {
  return useQuery({ queryKey: ['versioned', path], queryFn: () => read<T>(path!), enabled: path !== null });
}

interface Change { path: string; method: 'PUT' | 'PATCH'; body: unknown; version?: number }

/** Changes it; somebody else's change in between is a conflict. Without a version: something new. */
export function useChangeVersioned<T>(): UseMutationResult<T, Error, Change> {
  return useMutation({
    mutationFn: async ({ path, method, body, version }: Change) => {
      const headers = new Headers({ 'Content-Type': 'application/json' });
      if (version !== undefined) headers.set('If-Match', `"${version}"`);
      const response = await carefulFetch(new Request(new URL(`/api/v1${path}`, location.origin), { method, headers, body: JSON.stringify(body) }));
      if (!response.ok) throw await problemOf(response);
      return (await response.json()) as T;
    },
  });
}
