import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../api/client';
import { useTold } from './told';

interface Word { code: string; ru: string; en: string }
export interface Cause extends Word { families: string[] }

const forever = { staleTime: Infinity };

function useList<T>(name: 'causes' | 'remark-kinds', member: string): T[] {
  const { data } = $api.useQuery('get', '/cycle-lists/{name}', { params: { path: { name } } }, forever);
  return ((data as Record<string, unknown> | undefined)?.[member] as T[] | undefined) ?? [];
}

/** A word of a fixed list in the language of the person. */
export function useWord(): (word: { ru: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (word) => (i18n.language === 'en' ? word.en : word.ru);
}

/** The classifier of causes; `name(code)` says one of them in words. */
export function useCauses(): { causes: Cause[]; name: (code: string) => string } {
  const causes = useList<Cause>('causes', 'causes');
  const word = useWord();
  return { causes, name: (code) => { const cause = causes.find((one) => one.code === code); return cause ? word(cause) : code; } };
}

/** Kinds of an observer's remarks. */
export function useRemarkKinds(): { code: string; name: string }[] {
  const kinds = useList<Word>('remark-kinds', 'kinds');
  const word = useWord();
  return kinds.map((kind) => ({ code: kind.code, name: word(kind) }));
}

export type CatalogueMeasure = Schemas['CatalogueMeasure'];

/** Measures of the region's catalogue that are in use; `name(code)` also knows the retired ones; `titleOf`
 * a planned measure is the catalogue's name, unless it was given a title of its own. */
export function useCatalogue(): { measures: CatalogueMeasure[]; all: CatalogueMeasure[]; name: (code: string) => string; titleOf: (measure: { title?: string; body: { code?: string } }) => string } {
  const told = useTold();
  const { data } = $api.useQuery('get', '/catalogue-measures', { params: { query: { limit: 500 } } }, { staleTime: 300_000 });
  const all = data?.items ?? [];
  const title = (one: CatalogueMeasure) => told(one.title ?? '', one.body.name_en);
  const of = (code: string) => all.find((one) => one.body.code === code);
  return {
    measures: all.filter((one) => one.state === 'active'),
    all,
    name: (code) => { const one = of(code); return one ? title(one) : code; },
    titleOf: ({ title: own, body: { code = '' } }) => { const one = of(code); return one && (!own || own === one.title) ? title(one) : (own || code); },
  };
}

/** Title of a procedure by its code: "Математика, 4 класс, 2021". */
export function useProcedureTitle(): (code: string | undefined) => string {
  const { data } = $api.useQuery('get', '/procedures', { params: { query: { limit: 500 } } }, { staleTime: 300_000 });
  return (code) => (code ? (data?.items.find((one) => one.code === code)?.title ?? code) : '');
}

/** Titles of indicators by their codes: each is asked for by itself, the whole register is large. */
export function useIndicatorTitles(codes: (string | undefined)[]): (code: string | undefined) => string {
  const wanted = [...new Set(codes.filter((code): code is string => Boolean(code)))];
  const found = useQueries({ queries: wanted.map((value) => $api.queryOptions('get', '/indicators', { params: { query: { member: 'code', value, limit: 1, sort: '-year' } } }, { staleTime: 300_000 })) });
  const told = useTold();
  return (code) => {
    const one = code ? found[wanted.indexOf(code)]?.data?.items[0] : undefined;
    return (one && told(one.title, one.body.name_en)) || (code ?? '');
  };
}
