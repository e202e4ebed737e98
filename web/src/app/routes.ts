import type { Page } from './area';

// Every area lists its pages in pages/AREA/pages.ts; nothing else is to be told when one is added.
const areas = import.meta.glob<{ pages: Page[] }>('../pages/*/pages.ts', { eager: true });

export const pages: Page[] = Object.keys(areas).sort().flatMap((file) => areas[file].pages);

/** Read by the browser tests and by tools/shots: which pages there are, for whom. */
declare global {
  // eslint-disable-next-line no-var
  var okoPages: Omit<Page, 'load'>[];
}
globalThis.okoPages = pages.map(({ load: _, ...page }) => page);
