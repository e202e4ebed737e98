import { Problem, Unreachable, type ProblemBody } from '../api/problem';
import { wire } from '../api/wire';

interface Upload { onProgress?: (share: number) => void; signal?: AbortSignal }

/** Sends a file as the raw body, with its progress; the browser's fetch has none. Signs in again when the session ended. */
export async function upload<T>(path: string, file: Blob, options: Upload = {}): Promise<T> {
  const send = () => new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${path}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept-Language', wire.language);
    request.setRequestHeader('X-CSRF-Token', wire.csrf);
    request.upload.onprogress = (event) => { if (event.lengthComputable) options.onProgress?.(event.loaded / event.total); };
    request.onerror = () => { wire.setOnline(false); reject(new Unreachable()); };
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      let body: unknown;
      try { body = JSON.parse(request.responseText); } catch { body = null; }
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new Problem((body as ProblemBody | null) ?? { type: 'about:blank', title: `HTTP ${request.status}`, status: request.status }));
    };
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
  try {
    return await send();
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && (await wire.signInAgain())) return send();
    throw error;
  }
}
