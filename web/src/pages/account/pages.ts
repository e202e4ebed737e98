import { EVERYBODY, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/account', title: 'account:page.account', section: 'tasks', roles: EVERYBODY, load: () => import('./Account') },
  { path: '/setup', title: 'account:page.setup', section: 'tasks', roles: EVERYBODY, open: true, load: () => import('./SetUp') },
  { path: '/invitation', title: 'account:page.invitation', section: 'tasks', roles: EVERYBODY, open: true, load: () => import('./Invitation') },
];
