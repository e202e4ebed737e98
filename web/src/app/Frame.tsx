import { MenuOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, matchPath, useLocation } from 'react-router';

import type { Page } from './area';
import { Connection } from './Connection';
import { SideMenu } from './SideMenu';
import { useKeys } from './keys';
import { late } from './late';
import { useSession } from './session';
import { UserMenu } from './UserMenu';

const ContextBar = late(() => import('./ContextBar'));
const SignInAgain = late(() => import('./SignInAgain'));
const MenuDrawer = late(() => import('./MenuDrawer'));
const DemoNotice = late(() => import('./DemoNotice'));
// Dialogs of the whole frame stand with their areas.
const Search = late(() => import('../pages/search/Dialog'));
const Help = late(() => import('../pages/help/Dialog'));

/** The search comes while nothing is asked, so that what is typed right after «/» finds its field. */
function usePreparedSearch(): void {
  useEffect(() => {
    const later = setTimeout(() => { void Search.prepare().catch(() => undefined); }, 1500); // a failure is told when it is opened
    return () => clearTimeout(later);
  }, []);
}

function useOnce(open: boolean): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => { if (open) setSeen(true); }, [open]);
  return seen || open;
}

/** Menu on the left in the order of the cycle, context above, the page below. */
export default function Frame({ pages, children }: { pages: Page[]; children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { expired } = useSession();
  const [menu, setMenu] = useState(false);
  const [search, setSearch] = useState(false);
  const [help, setHelp] = useState(false);
  const searchSeen = useOnce(search);
  const helpSeen = useOnce(help);
  usePreparedSearch();
  useKeys({ '/': () => setSearch(true), '?': () => setHelp(true) });
  useEffect(() => setMenu(false), [pathname]);
  const page = pages.find((one) => matchPath(one.path, pathname));
  const side = <SideMenu pages={pages} current={page} />;
  return (
    <div className="oko-frame">
      <a className="oko-skip" href="#oko-main">{t('skip')}</a>
      <div className="oko-side">
        <Link to="/" className="oko-brand" aria-label={t('brand-home')}><img src="/eye.svg" alt="" width={28} height={28} /><span>{t('brand')}</span></Link>
        <nav aria-label={t('menu')}>{side}</nav>
      </div>
      {menu && <Suspense fallback={null}><MenuDrawer onClose={() => setMenu(false)}>{side}</MenuDrawer></Suspense>}
      <div className="oko-body">
        <header className="oko-head">
          <Button className="oko-burger" type="text" icon={<MenuOutlined />} aria-label={t('menu')} onClick={() => setMenu(true)} />
          {(page?.context?.length ?? 0) > 0 && <Suspense fallback={null}><ContextBar page={page} /></Suspense>}
          <div className="oko-head-end">
            <Button type="text" icon={<SearchOutlined />} aria-label={t('search')} title={t('search-key')} onClick={() => setSearch(true)} />
            <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t('help')} title={t('help-key')} onClick={() => setHelp(true)} />
            <UserMenu />
          </div>
        </header>
        <Connection />
        <Suspense fallback={null}><DemoNotice /></Suspense>
        <main id="oko-main" className="oko-main" tabIndex={-1}>{children}</main>
      </div>
      <Suspense fallback={null}>
        {expired && <SignInAgain />}
        {searchSeen && <Search open={search} onClose={() => setSearch(false)} />}
        {helpSeen && <Help open={help} onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}
