import i18next from 'i18next';

/** Names of controls that the libraries draw and their locales leave without one, or in English (tools/icons.mjs). */
export const libraryWord = (key: string, values?: Record<string, unknown>): string => i18next.t(`app:library.${key}`, values);
