import type { Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/analysis', title: 'region:page.region', titleFor: { school: 'region:page.own-school', municipal: 'region:page.own-municipality' }, section: 'analysis', menu: 0, roles: ['operator', 'head', 'municipal', 'school', 'auditor'], context: ['unit', 'year', 'procedure'], load: () => import('./Place') },
  { path: '/analysis/municipalities/:id', title: 'region:page.municipality', section: 'analysis', roles: ['operator', 'head', 'municipal', 'auditor'], context: ['year', 'procedure'], load: () => import('./Municipality'), sample: { from: '/units?level=municipality&limit=1' } },
  { path: '/analysis/signs', title: 'region:page.signs', section: 'analysis', menu: 10, roles: ['operator', 'head', 'municipal', 'auditor'], context: ['unit', 'year', 'procedure'], load: () => import('./Signs') },
  { path: '/analysis/what-if', title: 'region:page.what-if', section: 'analysis', menu: 30, roles: ['operator', 'head', 'auditor'], context: ['unit', 'year', 'procedure'], load: () => import('./WhatIf') },
  { path: '/analysis/runs', title: 'region:page.runs', section: 'analysis', menu: 40, roles: ['operator', 'head', 'auditor'], load: () => import('./Runs') },
  { path: '/analysis/map', title: 'region:page.map', section: 'analysis', roles: ['operator', 'admin'], load: () => import('./MapSettings') },
];
