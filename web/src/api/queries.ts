import { MutationCache, QueryClient } from '@tanstack/react-query';

import { Problem, Unreachable } from './problem';

/** Reads are kept for half a minute; a refusal is final, silence is asked again. Any change makes all reads stale. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, error) => error instanceof Unreachable && count < 3,
        retryDelay: 1500,
      },
      mutations: { networkMode: 'always', retry: false },
    },
    mutationCache: new MutationCache({ onSuccess: () => client.invalidateQueries() }),
  });
  return client;
}

export function isMissing(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 410);
}
