import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';

export type Campaign = Schemas['Campaign'];
export type CampaignForm = Schemas['CampaignForm'];
export type Field = Schemas['FormField'];
export type Stage = Schemas['FormStage'];
export type Value = number | boolean | null;
export type Values = Record<string, Value>;

export const STAGES: readonly Exclude<Stage, 'late'>[] = ['untouched', 'filling', 'submitted', 'verified', 'accepted', 'returned'];

export interface Words { title: string; about: string; unit: string }

const NONE: Field[] = [];

/** Fields of forms with their words in the person's language, in the order of the list. */
export function useFields(): { fields: Field[]; words: (field: Field) => Words; pending: boolean; error: unknown; refetch: () => unknown } {
  const { i18n } = useTranslation();
  const list = $api.useQuery('get', '/form-fields', {}, { staleTime: Infinity });
  const en = i18n.language === 'en';
  const words = useCallback((field: Field): Words => (en ? { title: field.en, about: field.about_en, unit: field.unit_en ?? '' } : { title: field.ru, about: field.about_ru, unit: field.unit_ru ?? '' }), [en]);
  return {
    fields: list.data?.items ?? NONE,
    words,
    pending: list.isPending,
    error: list.error,
    refetch: list.refetch,
  };
}

/** How many of the forms have reached each stage. */
export function stagesOf(board: { states: Record<string, number>; untouched?: number; overdue?: number }): Record<Stage, number> {
  const drafts = board.states.draft ?? 0;
  const untouched = board.untouched ?? 0;
  return {
    untouched, filling: drafts - untouched, submitted: board.states.submitted ?? 0, verified: board.states.verified ?? 0,
    accepted: board.states.accepted ?? 0, returned: board.states.returned ?? 0, late: board.overdue ?? 0,
  };
}
