import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/cases', title: 'cases:page.all', section: 'recommendations', roles: READERS, context: ['unit', 'year'], menu: 0, load: () => import('./CasesPage') },
  { path: '/cases/signals', title: 'cases:page.signals', section: 'recommendations', roles: ['operator'], context: ['unit', 'year'], load: () => import('./SignalsPage') },
  { path: '/cases/:id', title: 'cases:page.one', section: 'recommendations', roles: READERS, load: () => import('./CasePage'), sample: { from: '/cases' } },
];
