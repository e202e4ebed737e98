import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/methods/:file', title: 'methods:page', section: 'analysis', roles: READERS, load: () => import('./MethodPage'), sample: { values: { file: 'METHODS' } } },
];
