import type { components } from './schema';

export type ProblemBody = components['schemas']['Problem'];
export type ProblemPlace = components['schemas']['ProblemPlace'];

/** The server refused: application/problem+json, told in the language of the request. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly places: ProblemPlace[];
  readonly request: string;
  readonly retryAfter: number;

  constructor(body: ProblemBody, retryAfter = 0) {
    super(body.detail ?? body.title);
    this.name = 'Problem';
    this.status = body.status;
    this.code = body.code ?? '';
    this.places = body.errors ?? [];
    this.request = body.request ?? '';
    this.retryAfter = retryAfter;
  }
}

/** No answer came: the network or the server is away. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('unreachable', { cause });
    this.name = 'Unreachable';
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('Retry-After') ?? 0) || 0;
  try {
    const body = (await response.clone().json()) as ProblemBody;
    if (typeof body?.title === 'string') return new Problem(body, retry);
  } catch {
    /* not JSON: told by its status alone */
  }
  return new Problem({ type: 'about:blank', title: `HTTP ${response.status}`, status: response.status }, retry);
}

/** Someone else changed the record since it was read. */
export function isConflict(error: unknown): boolean {
  return error instanceof Problem && (error.status === 412 || error.status === 409);
}
