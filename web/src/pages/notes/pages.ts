import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/notes', title: 'notes:page.list', section: 'analysis', roles: READERS, context: ['unit', 'year'], menu: 60, load: () => import('./NotesPage') },
  { path: '/notes/:id', title: 'notes:page.one', section: 'analysis', roles: READERS, load: () => import('./NotePage'), sample: { from: '/notes' } },
];
