import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/indicators', title: 'indicators:page.register', section: 'indicators', roles: READERS, context: ['year'], menu: 1, load: () => import('./Register') },
  { path: '/indicators/values', title: 'indicators:page.values', section: 'indicators', roles: READERS, context: ['unit', 'year', 'campaign'], menu: 2, load: () => import('./Values') },
  { path: '/indicators/published', title: 'indicators:page.published', section: 'indicators', roles: READERS, context: ['year', 'campaign'], menu: 3, load: () => import('./Published') },
  { path: '/indicators/approval', title: 'indicators:page.approval', section: 'indicators', roles: ['operator', 'head'], menu: 4, load: () => import('./Approval') },
  { path: '/indicators/new', title: 'indicators:page.new', section: 'indicators', roles: ['operator'], context: ['year'], load: () => import('./NewIndicator') },
  { path: '/indicators/:id', title: 'indicators:page.one', section: 'indicators', roles: READERS, sample: { from: '/indicators?limit=1' }, load: () => import('./IndicatorPage') },
];
