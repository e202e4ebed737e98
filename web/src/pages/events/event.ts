import type { Schemas } from '../../api/client';
import types from '../../../../reference/cycle/event-types.json';
import { useTranslation } from 'react-i18next';

export type Event = Schemas['Event'];
export type EventBody = Schemas['EventBody'];

/** Kinds of events in the person's language, from the same file that the server checks against. */
export function useEventTypes(): { value: string; label: string }[] {
  const { i18n } = useTranslation();
  return types.types.map((type) => ({ value: type.code, label: i18n.language === 'en' ? type.en : type.ru }));
}

export const FAMILIES = ['level', 'threshold', 'roster', 'pattern', 'time'] as const;
export const SIGNS = ['attention', 'signs', 'strong', ...FAMILIES] as const;

/** "2026-03-05T10:00" → day and clock of the place, as they were typed. */
export const clockOf = (moment: string | undefined): string => (moment && moment.length > 10 ? moment.slice(11, 16) : '');
