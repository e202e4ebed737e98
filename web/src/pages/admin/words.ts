import { useTranslation } from 'react-i18next';

/** An action of the log in words: known ones as they stand, those of records by their kind's own words. */
export function useActionWords(): (action: string) => string {
  const { t } = useTranslation(['admin', 'records']);
  return (action) => {
    const known = t(`admin:audit.words.${action.replace('.', '-')}`, { defaultValue: '' });
    if (known) return known;
    const [noun, verb = ''] = action.split('.');
    const kind = t(`records:kind.${noun}`, { defaultValue: '' });
    if (!kind) return action;
    const act = t(`records:${noun}.action.${verb}`, { defaultValue: '' }) || t(`admin:audit.verb.${verb}`, { defaultValue: verb });
    return `${kind}: ${act.charAt(0).toLocaleLowerCase()}${act.slice(1)}`;
  };
}
