import type { Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/admin/units', title: 'admin:page.units', section: 'admin', roles: ['operator', 'head', 'auditor'], menu: 1, load: () => import('./Units') },
  { path: '/admin/units/:id', title: 'admin:page.unit', section: 'admin', roles: ['operator', 'head', 'auditor'], sample: { from: '/units' }, load: () => import('./UnitPage') },
  { path: '/admin/users', title: 'admin:page.users', section: 'admin', roles: ['admin', 'operator', 'municipal', 'head', 'auditor'], menu: 2, context: ['unit'], load: () => import('./Users') },
  { path: '/admin/procedures', title: 'admin:page.procedures', section: 'admin', roles: ['operator', 'head', 'auditor'], menu: 3, context: ['year'], load: () => import('./Procedures') },
  { path: '/admin/procedures/:code', title: 'admin:page.procedure', section: 'admin', roles: ['operator', 'head', 'auditor'], sample: { from: '/procedures', member: 'code' }, load: () => import('./ProcedurePage') },
  { path: '/admin/rules', title: 'admin:page.rules', section: 'admin', roles: ['operator', 'head', 'auditor', 'admin'], menu: 4, load: () => import('./Rules') },
  { path: '/admin/settings', title: 'admin:page.settings', section: 'admin', roles: ['admin', 'operator'], menu: 5, load: () => import('./Settings') },
  { path: '/admin/audit', title: 'admin:page.audit', section: 'admin', roles: ['admin', 'operator', 'head', 'auditor'], menu: 6, load: () => import('./Audit') },
  { path: '/admin/jobs', title: 'admin:page.jobs', section: 'admin', roles: ['admin', 'operator', 'auditor'], menu: 7, load: () => import('./Jobs') },
  { path: '/admin/backups', title: 'admin:page.backups', section: 'admin', roles: ['admin'], menu: 8, load: () => import('./Backups') },
];
