import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { wire } from '../api/wire';

// One file per language and area; a page waits for the areas that it names in useTranslation.
const files = import.meta.glob<Record<string, unknown>>('../text/*/*.json', { import: 'default' });

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
      const load = files[`../text/${lng}/${ns}.json`];
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
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  wire.setLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
