import type { Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/data', title: 'data:page.load', section: 'data', roles: ['operator', 'head', 'auditor'], menu: 1, load: () => import('./Load') },
  { path: '/data/imports/:id', title: 'data:page.import', section: 'data', roles: ['operator', 'head', 'auditor'], sample: { from: '/imports' }, load: () => import('./ImportPage') },
  { path: '/data/matching', title: 'data:page.matching', section: 'data', roles: ['operator', 'head', 'auditor'], menu: 2, load: () => import('./Matching') },
  { path: '/data/lists', title: 'data:page.lists', section: 'data', roles: ['operator', 'head', 'auditor'], menu: 3, context: ['unit', 'year'], load: () => import('./Lists') },
];
