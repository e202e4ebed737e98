import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/measures', title: 'measures:page.all', section: 'measures', roles: READERS, context: ['unit', 'year'], menu: 0, load: () => import('./MeasuresPage') },
  { path: '/measures/catalogue', title: 'measures:page.catalogue', section: 'measures', roles: [...READERS, 'observer'], menu: 5, load: () => import('./CataloguePage') },
  { path: '/measures/:id', title: 'measures:page.one', section: 'measures', roles: READERS, load: () => import('./MeasurePage'), sample: { from: '/measures' } },
];
