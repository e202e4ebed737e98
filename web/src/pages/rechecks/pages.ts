import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/rechecks', title: 'rechecks:page.all', section: 'measures', roles: READERS, context: ['unit', 'year'], menu: 3, load: () => import('./RechecksPage') },
  { path: '/rechecks/:id', title: 'rechecks:page.one', section: 'measures', roles: READERS, load: () => import('./RecheckPage'), sample: { from: '/rechecks' } },
];
