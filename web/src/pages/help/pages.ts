import { EVERYBODY, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/help', title: 'help:page.guide', section: 'tasks', roles: EVERYBODY, load: () => import('./Guide') },
  { path: '/help/:document', title: 'help:page.guide', section: 'tasks', roles: EVERYBODY, load: () => import('./Guide'), sample: { values: { document: 'methods' } } },
];
