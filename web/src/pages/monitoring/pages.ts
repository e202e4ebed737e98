import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/monitoring', title: 'monitoring:page.campaigns', section: 'monitoring', roles: READERS, context: ['year'], menu: 1, load: () => import('./Campaigns') },
  { path: '/monitoring/forms', title: 'monitoring:page.forms', section: 'monitoring', roles: ['municipal', 'school'], context: ['year'], menu: 2, load: () => import('./MyForms') },
  { path: '/monitoring/campaigns/new', title: 'monitoring:page.new', section: 'monitoring', roles: ['operator'], load: () => import('./NewCampaign') },
  { path: '/monitoring/campaigns/:id', title: 'monitoring:page.campaign', section: 'monitoring', roles: READERS, context: ['unit'], sample: { from: '/campaigns?limit=1&sort=-id' }, load: () => import('./CampaignPage') },
  { path: '/monitoring/campaigns/:id/table', title: 'monitoring:page.table', section: 'monitoring', roles: ['operator', 'municipal'], context: ['unit'], sample: { from: '/campaigns?limit=1&sort=-id' }, load: () => import('./Table') },
  { path: '/monitoring/forms/:id', title: 'monitoring:page.form', section: 'monitoring', roles: READERS, sample: { from: '/forms?limit=1&sort=-id' }, load: () => import('./FormPage') },
];
