import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath, Route, Routes, useLocation } from 'react-router';

import type { Page } from './area';
import { ErrorFence } from './ErrorFence';
import { late, type Late } from './late';
import { NotFound } from './NotFound';
import { pages } from './routes';
import { useSession, wasIn } from './session';

const SignIn = late(() => import('./SignIn'));
const NewPassword = late(() => import('./NewPassword'));
const Frame = late(() => import('./Frame'));

const chunks = new Map<Page, Late<object>>(pages.map((page) => [page, late(page.load)]));

/** Where somebody was signed in the last time, frame and page come while the server is asked who this is. */
export function prepare(): void {
  if (!wasIn()) return;
  const page = pages.find((one) => matchPath(one.path, location.pathname));
  for (const part of [Frame, page && chunks.get(page)]) part?.prepare().catch(() => undefined); // told where it is drawn
}

function Waiting() {
  const { t } = useTranslation();
  return <div className="oko-waiting" role="status" aria-label={t('loading')}><span className="oko-turning" /></div>;
}

function Shown({ page }: { page: Page }) {
  const Chunk = chunks.get(page)!;
  const { pathname } = useLocation();
  return <ErrorFence key={pathname}><Suspense fallback={<Waiting />}><Chunk waiting={<Waiting />} /></Suspense></ErrorFence>;
}

export function App() {
  const { state } = useSession();
  const { pathname } = useLocation();
  const open = useMemo(() => pages.find((page) => page.open && matchPath(page.path, pathname)), [pathname]);
  if (open) return <Shown page={open} />;
  if (state.kind === 'asking') return <Waiting />;
  if (state.kind === 'nobody') return <Suspense fallback={<Waiting />}><SignIn waiting={<Waiting />} /></Suspense>;
  if (state.session.must_change_password) return <Suspense fallback={<Waiting />}><NewPassword waiting={<Waiting />} /></Suspense>;
  const mine = pages.filter((page) => !page.open && page.roles.includes(state.session.user.role));
  return (
    <Suspense fallback={<Waiting />}>
      <Frame pages={mine} waiting={<Waiting />}>
        <Routes>
          {mine.map((page) => <Route key={page.path} path={page.path} element={<Shown page={page} />} />)}
          <Route path="*" element={<NotFound known={pages.some((page) => matchPath(page.path, pathname))} />} />
        </Routes>
      </Frame>
    </Suspense>
  );
}
