import { EVERYBODY, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/', title: 'tasks:page', section: 'tasks', roles: EVERYBODY, menu: 0, load: () => import('./TasksPage') },
];
