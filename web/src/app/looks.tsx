import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export type Scheme = 'auto' | 'light' | 'dark';
export interface Looks { scheme: Scheme; large: boolean; contrast: boolean; quiet: boolean }
const START: Looks = { scheme: 'auto', large: false, contrast: false, quiet: false };
const KEPT = 'oko.looks';

function kept(): Looks {
  try {
    return { ...START, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Looks>) };
  } catch {
    return START;
  }
}

interface LooksDoor { looks: Looks; dark: boolean; change: (part: Partial<Looks>) => void }
const Door = createContext<LooksDoor>({ looks: START, dark: false, change: () => undefined });

/** How the pages look for this person on this computer: light or dark, large text, strong contrast, no motion. */
export function LooksProvider({ children }: { children: ReactNode }) {
  const [looks, setLooks] = useState(kept);
  const [systemDark, setSystemDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const tell = () => setSystemDark(media.matches);
    media.addEventListener('change', tell);
    return () => media.removeEventListener('change', tell);
  }, []);
  const change = useCallback((part: Partial<Looks>) => {
    setLooks((old) => {
      const next = { ...old, ...part };
      localStorage.setItem(KEPT, JSON.stringify(next));
      return next;
    });
  }, []);
  const dark = looks.scheme === 'dark' || (looks.scheme === 'auto' && systemDark);
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.scheme = dark ? 'dark' : 'light';
    root.dataset.large = String(looks.large);
    root.dataset.contrast = String(looks.contrast);
  }, [dark, looks]);
  const door = useMemo(() => ({ looks, dark, change }), [looks, dark, change]);
  return <Door.Provider value={door}>{children}</Door.Provider>;
}

export const useLooks = (): LooksDoor => useContext(Door);
