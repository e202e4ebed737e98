import { EVERYBODY, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/help', title: 'help:page.guide', section: 'tasks', roles: EVERYBODY, load: () => import('./Guide') },
];
