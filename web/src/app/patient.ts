import { wire } from '../api/wire';

const backOnline = () => new Promise<void>((resolve) => {
  const stop = wire.onOnline((online) => {
    if (!online) return;
    stop();
    resolve();
  });
});

/** Loads a part of the interface. When the server does not answer it waits for it, and the page comes when it is back; a
 * part that the server no longer has (a newer program) fails at the second try. */
export function patient<T>(load: () => Promise<T>): () => Promise<T> {
  return () => load().catch(async () => {
    const back = backOnline();
    wire.setOnline(false);
    await back;
    return load();
  });
}
