import { READERS, type Page } from '../../app/area';

export const pages: Page[] = [
  { path: '/recommendations', title: 'recommendations:page.letters', section: 'recommendations', roles: READERS, context: ['unit', 'year'], menu: 1, load: () => import('./LettersPage') },
  { path: '/recommendations/new', title: 'recommendations:page.new', section: 'recommendations', roles: ['operator'], load: () => import('./NewLetterPage') },
  { path: '/recommendations/base', title: 'recommendations:page.base', section: 'recommendations', roles: READERS, menu: 2, load: () => import('./BasePage') },
  { path: '/recommendations/templates', title: 'recommendations:page.templates', section: 'recommendations', roles: ['operator', 'head', 'admin', 'auditor'], menu: 3, load: () => import('./TemplatesPage') },
  { path: '/recommendations/:id', title: 'recommendations:page.one', section: 'recommendations', roles: READERS, load: () => import('./LetterPage'), sample: { from: '/recommendations' } },
];
