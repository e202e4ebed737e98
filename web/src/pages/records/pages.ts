import { EVERYBODY, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/records/:id', title: 'records:any', section: 'tasks', roles: EVERYBODY.filter((role) => role !== 'admin'), load: () => import('./RecordById'), sample: { from: '/events' } },
];
