import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/roadmap', title: 'roadmap:page.table', section: 'roadmap', roles: READERS, context: ['unit'], menu: 0, load: () => import('./RoadmapPage') },
  { path: '/roadmap/rows/:id', title: 'roadmap:page.row', section: 'roadmap', roles: READERS, load: () => import('./RowById'), sample: { from: '/roadmap-rows' } },
  { path: '/roadmap/:id', title: 'roadmap:page.edit', section: 'roadmap', roles: READERS, load: () => import('./EditPage'), sample: { from: '/roadmaps' } },
  { path: '/roadmap/table/:code', title: 'roadmap:page.row', section: 'roadmap', roles: READERS, context: ['unit'], load: () => import('./RowPage'), sample: { from: '/roadmaps', member: 'key' } },
];
