import { useQuery } from '@tanstack/react-query';
import { matchPath } from 'react-router';

import type { Page } from '../../app/area';
import type { Language } from '../../app/texts';
import { blocksOf } from '../../parts/blocks';

/** Documents for people, built in: they are read without any network. All are in Russian; those with a twin, NAME.en.md, in English too. */
export const DOCUMENTS = ['guide', 'methods', 'commands', 'server'] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

const FOLDER = '../../../../docs/user';
const texts = import.meta.glob<string>(
  ['../../../../docs/user/guide*.md', '../../../../docs/user/methods*.md', '../../../../docs/user/commands*.md', '../../../../docs/user/server*.md'],
  { query: '?raw', import: 'default' },
);
const pathOf = (name: DocumentName, language: Language) => `${FOLDER}/${name}${language === 'en' ? '.en' : ''}.md`;

/** The language that a document is shown in: the one of the interface if there is such a text. */
export const languageOf = (name: DocumentName, wanted: Language): Language => (pathOf(name, wanted) in texts ? wanted : 'ru');

/** A document as blocks. */
export function useDocument(name: DocumentName, language: Language, enabled = true) {
  return useQuery({ queryKey: ['document', name, language], queryFn: () => texts[pathOf(name, language)](), select: blocksOf, enabled, staleTime: Infinity });
}

/** Names that the guide may have for the part about a page: its own, then that of the page of the menu that it stands under. */
export function partsFor(page: Page, all: readonly Page[]): string[] {
  const above = all.filter((one) => one.menu !== undefined && one.path !== '/' && one.section === page.section);
  const near = above.filter((one) => page.path.startsWith(one.path)).sort((a, b) => b.path.length - a.path.length)[0] ?? above.find((one) => one.menu === 0);
  return [page.title, ...(near && near !== page ? [near.title] : [])];
}

export const pageAt = (all: readonly Page[], pathname: string): Page | undefined => all.find((one) => matchPath(one.path, pathname));
