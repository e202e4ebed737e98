import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/events', title: 'events:page.list', section: 'measures', roles: READERS, context: ['unit'], menu: 50, load: () => import('./EventsPage') },
  { path: '/events/new', title: 'events:page.new', section: 'measures', roles: ['operator', 'municipal', 'school'], load: () => import('./NewPage') },
  { path: '/events/:id', title: 'events:page.one', section: 'measures', roles: READERS, load: () => import('./EventPage'), sample: { from: '/events' } },
];
