import { matchPath } from 'react-router';

import type { Page } from '../../app/area';

/** Documents for people, built in: they are read without any network. All are in Russian. */
export const DOCUMENTS = ['guide', 'methods', 'commands', 'server'] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

const texts = import.meta.glob<string>('../../../../docs/user/{guide,methods,commands,server}.md', { query: '?raw', import: 'default' });

export const readDocument = (name: DocumentName): Promise<string> => texts[`../../../../docs/user/${name}.md`]();

/** Names that the guide may have for the part about a page: its own, then that of the page of the menu that it stands under. */
export function partsFor(page: Page, all: readonly Page[]): string[] {
  const above = all.filter((one) => one.menu !== undefined && one.path !== '/' && one.section === page.section);
  const near = above.filter((one) => page.path.startsWith(one.path)).sort((a, b) => b.path.length - a.path.length)[0] ?? above.find((one) => one.menu === 0);
  return [page.title, ...(near && near !== page ? [near.title] : [])];
}

export const pageAt = (all: readonly Page[], pathname: string): Page | undefined => all.find((one) => matchPath(one.path, pathname));
