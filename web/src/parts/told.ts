import { useTranslation } from 'react-i18next';

/** What the program wrote in both languages, in the person's own; in Russian where an older version wrote only that. */
export function useTold(): <T>(russian: T, english: T | undefined) => T {
  const { i18n } = useTranslation();
  return (russian, english) => (i18n.language === 'en' && english ? english : russian);
}
