import type { Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/observations', title: 'observations:page.all', section: 'measures', roles: ['operator', 'head', 'municipal', 'school', 'observer', 'auditor'], context: ['unit'], menu: 2, load: () => import('./ObservationsPage') },
  { path: '/observations/:id', title: 'observations:page.one', section: 'measures', roles: ['operator', 'head', 'municipal', 'school', 'observer', 'auditor'], load: () => import('./ObservationPage'), sample: { from: '/observations' } },
];
