import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

// The server's own words for what can be wrong in a file.
const texts = import.meta.glob<Record<string, unknown>>('../../../../reference/text/{ru,en}/problem.json', { import: 'default' });

/** A reason in words, for a count of places: no single one is named. Undefined until the words are there. */
export function useReasons(): ((reason: string) => string) | undefined {
  const { i18n } = useTranslation();
  const { data } = useQuery({ queryKey: ['problem-words', i18n.language], queryFn: () => texts[`../../../../reference/text/${i18n.language === 'en' ? 'en' : 'ru'}/problem.json`](), staleTime: Infinity });
  return data && ((reason) => {
    const text = data[`${reason}.all`] ?? data[reason];
    return typeof text === 'string' ? text.replace(/\{[^}]*\}/g, '…') : reason;
  });
}
