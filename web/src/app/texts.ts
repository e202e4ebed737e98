import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { wire } from '../api/wire';

// One file per language and area; a page waits for the areas that it names in useTranslation. tools/texts-ahead.mjs adds to
// each module that it names them to textsAhead, and late() waits for textsReady before it shows what was loaded.
const ahead = new Set<string>();
let started = false;

/** Areas that a module which has just been loaded will ask for. */
export function textsAhead(names: string[]): void {
  names.forEach((name) => ahead.add(name));
  if (started) void textsReady();
}

/** The texts of all modules that are loaded; what cannot be had is asked for again by the component, which tells it. */
export async function textsReady(): Promise<void> {
  if (!started) return;
  const missing = [...ahead].filter((name) => !i18next.hasLoadedNamespace(name));
  if (missing.length > 0) await i18next.loadNamespaces(missing).catch(() => undefined);
}

const files = import.meta.glob<Record<string, unknown>>('../text/*/*.json', { import: 'default' });

// Names of all pages, without the rest of their areas: the menu needs no more.
const titles = { ru: () => import('virtual:oko-titles/ru'), en: () => import('virtual:oko-titles/en') };

/** Key of a page's name in the namespace "titles": "cases:page.all" → "titles:cases.page.all". */
export const titleKey = (title: string): string => `titles:${title.replace(':', '.')}`;

export type Language = 'ru' | 'en';
const KEPT = 'oko.language';

export function keptLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'ru';
}

export async function startTexts(): Promise<void> {
  const language = keptLanguage();
  wire.setLanguage(language);
  document.documentElement.lang = language;
  i18next.use(initReactI18next).use({
    type: 'backend',
    read(lng: string, ns: string, done: (error: unknown, data: Record<string, unknown> | boolean) => void) {
      const load = ns === 'titles' ? () => titles[lng as Language]().then((door) => door.default) : files[`../text/${lng}/${ns}.json`];
      if (!load) return done(new Error(`no text ${lng}/${ns}`), false);
      load().then((data) => done(null, data), (error: unknown) => done(error, false));
    },
  });
  await i18next.init({
    lng: language,
    fallbackLng: false,
    ns: ['app'],
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: true },
  });
  started = true;
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  wire.setLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
