import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/reports', title: 'reports:page', section: 'reports', roles: READERS, context: ['unit', 'year'], menu: 0, load: () => import('./ReportsPage') },
];
