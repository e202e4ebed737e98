import { READERS, type Page } from '../../app/area';

const INSIDE: Page['roles'] = ['operator', 'head', 'municipal', 'auditor'];
const sample = { from: '/units?level=school&limit=1' };

export const pages: Page[] = [
  { path: '/analysis/schools/:id', title: 'school:page.passport', section: 'analysis', roles: READERS, load: () => import('./Passport'), sample },
  { path: '/analysis/schools/:id/classes/:key', title: 'school:page.class', section: 'analysis', roles: READERS, load: () => import('./ClassPage'), sample: { from: '/signs?level=class&limit=1', members: { id: 'unit', key: 'class_key' } } },
  { path: '/analysis/schools/:id/pairs', title: 'school:page.pairs', section: 'analysis', roles: INSIDE, load: () => import('./Pairs'), sample },
];
