import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';

import { carefulFetch, type Schemas } from '../api/client';
import { problemOf } from '../api/problem';
import { PATHS, type RecordKind } from './flows';

/** What every record of the cycle has; `body` is what its kind adds. */
export type Head<Body = Record<string, unknown>> = Schemas['RecordHead'] & { body: Body };
export type Link = Schemas['Link'];

interface Call { method?: string; body?: unknown; version?: number; key?: string }

/** One call for all kinds of records, whose ten operations have the same form in the contract. */
export async function call<T>(path: string, { method = 'GET', body, version, key }: Call = {}): Promise<T> {
  const headers = new Headers();
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (version !== undefined) headers.set('If-Match', `"${version}"`);
  if (key) headers.set('Idempotency-Key', key);
  const request = new Request(`/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const response = await carefulFetch(request);
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export function useRecord<R extends Head>(kind: RecordKind, id: number): UseQueryResult<R> {
  return useQuery({ queryKey: ['record', kind, id], queryFn: () => call<R>(`${PATHS[kind]}/${id}`) });
}

/** kind.act: the action with the fields that it needs; the version guards against somebody else's change. */
export function useAct(kind: RecordKind, id: number): UseMutationResult<Head, Error, { action: string; input: Record<string, unknown>; version: number }> {
  return useMutation({
    mutationFn: ({ action, input, version }) => call<Head>(`${PATHS[kind]}/${id}/actions/${action}`, { method: 'POST', body: input, version }),
  });
}

export function useChange(kind: RecordKind, id: number): UseMutationResult<Head, Error, { change: Record<string, unknown>; version: number }> {
  return useMutation({ mutationFn: ({ change, version }) => call<Head>(`${PATHS[kind]}/${id}`, { method: 'PATCH', body: change, version }) });
}

export function useCreate(kind: RecordKind): UseMutationResult<Head, Error, { draft: Record<string, unknown>; key?: string }> {
  return useMutation({ mutationFn: ({ draft, key }) => call<Head>(PATHS[kind], { method: 'POST', body: draft, key: key ?? crypto.randomUUID() }) });
}

export function useRemove(kind: RecordKind, id: number): UseMutationResult<void, Error, { version: number }> {
  return useMutation({ mutationFn: ({ version }) => call<void>(`${PATHS[kind]}/${id}`, { method: 'DELETE', version }) });
}

export function useHistory(kind: RecordKind, id: number, enabled: boolean): UseQueryResult<{ items: Head[] }> {
  return useQuery({ queryKey: ['history', kind, id], queryFn: () => call<{ items: Head[] }>(`${PATHS[kind]}/${id}/history`), enabled });
}

export function useLinks(kind: RecordKind, id: number): UseQueryResult<{ items: Link[]; total: number }> {
  return useQuery({ queryKey: ['links', kind, id], queryFn: () => call<{ items: Link[]; total: number }>(`${PATHS[kind]}/${id}/links`) });
}

export function useLink(kind: RecordKind, id: number): UseMutationResult<Link, Error, Schemas['LinkBody']> {
  return useMutation({ mutationFn: (body) => call<Link>(`${PATHS[kind]}/${id}/links`, { method: 'POST', body }) });
}

export function useUnlink(kind: RecordKind, id: number): UseMutationResult<void, Error, { link: number }> {
  return useMutation({ mutationFn: ({ link }) => call<void>(`${PATHS[kind]}/${id}/links/${link}`, { method: 'DELETE' }) });
}
