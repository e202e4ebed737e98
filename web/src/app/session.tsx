import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

import { api, type Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { wire } from '../api/wire';
import { changeLanguage, keptLanguage } from './texts';

export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
type State = { kind: 'asking' } | { kind: 'nobody' } | { kind: 'in'; session: Schemas['Session'] };

const IN = 'oko.in';
/** Was somebody signed in when this browser was here last? */
export const wasIn = (): boolean => localStorage.getItem(IN) !== null;

const ask = () => api.GET('/session').then(({ data }) => data);
let early: ReturnType<typeof ask> | null = ask(); // while the interface is still being put together
early.catch(() => undefined);

interface SessionDoor {
  state: State;
  expired: boolean;
  signIn: (login: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  refresh: () => Promise<void>;
}
const Door = createContext<SessionDoor | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: 'asking' });
  const [expired, setExpired] = useState(false);
  const waiting = useRef<((again: boolean) => void)[]>([]);
  const person = useRef('');

  const take = useCallback((session: Schemas['Session']) => {
    wire.setCsrf(session.csrf);
    person.current = session.user.login;
    if (session.user.lang !== keptLanguage() && !localStorage.getItem('oko.language')) void changeLanguage(session.user.lang);
    localStorage.setItem(IN, '1');
    setState({ kind: 'in', session });
  }, []);
  const nobody = useCallback(() => {
    localStorage.removeItem(IN);
    setState({ kind: 'nobody' });
  }, []);

  const refresh = useCallback(async () => {
    try {
      const asked = early ?? ask();
      early = null;
      const data = await asked;
      if (data) take(data);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      nobody();
    }
  }, [take, nobody]);

  useEffect(() => {
    const again = () => void refresh().catch(() => setTimeout(again, 2000));
    again();
  }, [refresh]);

  useEffect(() => {
    wire.onExpired(() => {
      if (person.current === '') return Promise.resolve(false);
      setExpired(true);
      return new Promise<boolean>((resolve) => waiting.current.push(resolve));
    });
    return () => wire.onExpired(null);
  }, []);

  const signIn = useCallback(async (login: string, password: string) => {
    const { data } = await api.POST('/session', { body: { login, password } });
    if (!data) return;
    const same = person.current === '' || person.current === data.user.login;
    if (!same) queries.clear();
    take(data);
    setExpired(false);
    waiting.current.splice(0).forEach((resolve) => resolve(same));
  }, [queries, take]);

  const signOut = useCallback(async () => {
    try {
      await api.DELETE('/session');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    person.current = '';
    wire.setCsrf('');
    queries.clear();
    setExpired(false);
    waiting.current.splice(0).forEach((resolve) => resolve(false));
    nobody();
  }, [queries, nobody]);

  const door = useMemo(() => ({ state, expired, signIn, signOut, refresh }), [state, expired, signIn, signOut, refresh]);
  return <Door.Provider value={door}>{children}</Door.Provider>;
}

export function useSession(): SessionDoor {
  const door = useContext(Door);
  if (!door) throw new Error('SessionProvider is missing');
  return door;
}

/** The person who has signed in; only below the frame. */
export function useMe(): Me {
  const { state } = useSession();
  if (state.kind !== 'in') throw new Error('nobody has signed in');
  return state.session.user;
}

export function useRole(...roles: Role[]): boolean {
  return roles.includes(useMe().role);
}
