import { Suspense, lazy, useMemo, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath, Route, Routes, useLocation } from 'react-router';

import type { Page } from './area';
import { ErrorFence } from './ErrorFence';
import { NotFound } from './NotFound';
import { patient } from './patient';
import { pages } from './routes';
import { useSession } from './session';

const SignIn = lazy(patient(() => import('./SignIn').then((door) => ({ default: door.SignIn }))));
const NewPassword = lazy(patient(() => import('./NewPassword').then((door) => ({ default: door.NewPassword }))));
const Frame = lazy(patient(() => import('./Frame').then((door) => ({ default: door.Frame }))));

const chunks = new Map<Page, ComponentType>(pages.map((page) => [page, lazy(patient(page.load))]));

function Waiting() {
  const { t } = useTranslation();
  return <div className="oko-waiting" role="status" aria-label={t('loading')}><span className="oko-turning" /></div>;
}

function Shown({ page }: { page: Page }) {
  const Chunk = chunks.get(page)!;
  const { pathname } = useLocation();
  return <ErrorFence key={pathname}><Suspense fallback={<Waiting />}><Chunk /></Suspense></ErrorFence>;
}

export function App() {
  const { state } = useSession();
  const { pathname } = useLocation();
  const open = useMemo(() => pages.find((page) => page.open && matchPath(page.path, pathname)), [pathname]);
  if (open) return <Shown page={open} />;
  if (state.kind === 'asking') return <Waiting />;
  if (state.kind === 'nobody') return <Suspense fallback={<Waiting />}><SignIn /></Suspense>;
  if (state.session.must_change_password) return <Suspense fallback={<Waiting />}><NewPassword /></Suspense>;
  const mine = pages.filter((page) => !page.open && page.roles.includes(state.session.user.role));
  return (
    <Suspense fallback={<Waiting />}>
      <Frame pages={mine}>
        <Routes>
          {mine.map((page) => <Route key={page.path} path={page.path} element={<Shown page={page} />} />)}
          <Route path="*" element={<NotFound known={pages.some((page) => matchPath(page.path, pathname))} />} />
        </Routes>
      </Frame>
    </Suspense>
  );
}
