import type { Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/effect', title: 'effect:page.all', section: 'measures', roles: ['operator', 'head', 'auditor'], context: ['year'], menu: 4, load: () => import('./EffectPage') },
];
