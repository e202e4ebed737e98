import createClient, { type Middleware } from 'openapi-fetch';
import createHooks from 'openapi-react-query';

import { problemOf, Unreachable } from './problem';
import type { components, paths } from './schema';
import { wire } from './wire';

export type Schemas = components['schemas'];

function dress(request: Request): Request {
  request.headers.set('Accept-Language', wire.language);
  if (request.method !== 'GET' && wire.csrf) request.headers.set('X-CSRF-Token', wire.csrf);
  return request;
}

/** fetch that tells a lost connection, and after an expired session goes on when the person has signed in again. */
export async function carefulFetch(input: Request): Promise<Response> {
  const spare = input.clone();
  let response: Response;
  try {
    response = await fetch(dress(input));
  } catch (cause) {
    if (input.signal.aborted) throw cause;
    wire.setOnline(false);
    throw new Unreachable(cause);
  }
  wire.setOnline(true);
  const path = new URL(input.url).pathname;
  if (response.status === 401 && !path.endsWith('/session') && (await wire.signInAgain())) return fetch(dress(spare));
  return response;
}

const refusals: Middleware = {
  async onResponse({ response }) {
    if (!response.ok && response.status !== 304) throw await problemOf(response);
    return response;
  },
};

/** Calls by the contract: `api.POST('/units', { body })`. Refusals are thrown as Problem, silence as Unreachable. */
export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: carefulFetch });
api.use(refusals);

/** The same as hooks: `$api.useQuery('get', '/units/{id}', { params: { path: { id } } })`. */
export const $api = createHooks(api);

/** Address of an operation that is downloaded by the browser itself. */
export function href(path: string, query: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(key, String(value));
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}
