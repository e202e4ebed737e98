import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

import { patient } from './patient';
import { textsReady } from './texts';

export type Late<P> = ComponentType<P & { waiting?: ReactNode }> & { prepare: () => Promise<void> };

/**
 * A part of the interface in a file of its own, loaded with its texts when it is drawn for the first time, or before by
 * `prepare`; until then `waiting` stands in its place. Not React's lazy(): that one suspends, and React keeps what is
 * ready back until 300 ms after a placeholder was shown, once for the file, once for its texts, once for what they hold.
 */
export function late<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Late<P> {
  const bring = patient(load);
  let part: ComponentType<P> | undefined;
  let coming: Promise<void> | undefined;
  const prepare = () => (coming ??= bring().then(async (door) => {
    await textsReady();
    part = door.default;
  }, (error: unknown) => {
    coming = undefined;
    throw error;
  }));
  function Part({ waiting = null, ...rest }: P & { waiting?: ReactNode }) {
    const [, draw] = useState(part !== undefined);
    useEffect(() => {
      if (part) { draw(true); return undefined; }
      let here = true;
      prepare().then(() => { if (here) draw(true); }, (error: unknown) => { if (here) draw(() => { throw error; }); });
      return () => { here = false; };
    }, []);
    const Now = part;
    return Now ? <Now {...(rest as unknown as P)} /> : <>{waiting}</>;
  }
  return Object.assign(Part, { prepare });
}
