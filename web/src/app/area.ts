import type { ComponentType } from 'react';

import type { Role } from './session';

/** Sections of the menu, in the order of the cycle. */
export const SECTIONS = ['tasks', 'roadmap', 'indicators', 'monitoring', 'analysis', 'recommendations', 'measures', 'reports', 'data', 'admin'] as const;
export type Section = (typeof SECTIONS)[number];

/** What of the context bar a page listens to; it stands in the query of the address. */
export type ContextPart = 'unit' | 'year' | 'procedure' | 'campaign';

export interface Page {
  /** "/cases/:id"; parameters of the path as react-router writes them. */
  path: string;
  /** Key of its name: "cases:page.board". */
  title: string;
  /** Where a role knows it by another name. */
  titleFor?: Partial<Record<Role, string>>;
  section: Section;
  roles: readonly Role[];
  context?: readonly ContextPart[];
  load: () => Promise<{ default: ComponentType }>;
  /** Place in the menu of the section; without it the page is reached from others. */
  menu?: number;
  /** Works without a person who has signed in (set-up, invitation). */
  open?: boolean;
  /** For tests and screenshots: values of the path's parameters, or a list of the API whose first item's id (or the named
   * member) fills the first parameter that has none. Needed for every page with parameters. */
  sample?: { from?: string; member?: string; members?: Record<string, string>; values?: Record<string, string> };
}

export const EVERYBODY: readonly Role[] = ['operator', 'head', 'municipal', 'school', 'observer', 'auditor', 'admin'];
export const READERS: readonly Role[] = ['operator', 'head', 'municipal', 'school', 'auditor'];
