import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/procedures', title: 'procedures:page.list', section: 'analysis', menu: 20, roles: READERS, context: ['unit', 'year'], load: () => import('./Procedures') },
  { path: '/procedures/:code', title: 'procedures:page.one', section: 'analysis', roles: READERS, context: ['unit'], load: () => import('./Procedure'), sample: { from: '/procedures?limit=1', member: 'code' } },
];
