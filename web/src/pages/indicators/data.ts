import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useFormat, type Format } from '../../parts/format';
import { useTold } from '../../parts/told';

export type Indicator = Schemas['Indicator'];
export type IndicatorBody = Schemas['IndicatorBody'];
export const GROUPS = ['control', 'monitoring', 'attitude-school', 'attitude-all'] as const;
export type Group = (typeof GROUPS)[number];
export type Level = 'region' | 'municipality' | 'school';
export const LEVELS: readonly Level[] = ['region', 'municipality', 'school'];
export const MEASURES = ['%', 'count', 'people'] as const;

/** The year of the address, else the newest one that has indicators. */
export function useIndicatorYear(): { year: number | undefined; pending: boolean } {
  const { year } = useContextBar();
  const newest = $api.useQuery('get', '/indicators', { params: { query: { sort: '-year', limit: 1 } } }, { enabled: year === null });
  return { year: year ?? newest.data?.items[0]?.year, pending: year === null && newest.isPending };
}

/** The name in the person's language. */
export function useTitle(): (indicator: { title?: string; body: IndicatorBody }) => string {
  const told = useTold();
  return (indicator) => told(indicator.title, indicator.body.name_en) || indicator.body.code || '';
}

type Aim = { direction?: string | null; target?: number | null; attention?: number | null };
type Say = (key: string, values?: Record<string, unknown>) => string;

const measured = (format: Format, value: number, measure: string | null | undefined, t: Say) =>
  measure === '%' ? format.percent(value) : `${format.number(value)}${measure && measure !== 'count' ? ` ${t(`indicators:measure.${measure}`, { defaultValue: measure })}` : ''}`;

/** A value with its measure: "12,5 %", "4", "120 человек". */
export function useMeasured(): (value: number | null | undefined, measure: string | null | undefined) => string {
  const { t } = useTranslation(['indicators']);
  const format = useFormat();
  return (value, measure) => (value === null || value === undefined ? '—' : measured(format, value, measure, t as Say));
}

/** "не больше 10 %; до 20 % — требует внимания". */
export function useAim(): (aim: Aim, measure: string | null | undefined) => string {
  const { t } = useTranslation(['indicators']);
  const format = useFormat();
  return (aim, measure) => {
    const say = t as Say;
    if (!aim.direction || aim.direction === 'none' || aim.target === null || aim.target === undefined) return say('indicators:aim.none');
    const target = say(`indicators:aim.${aim.direction}`, { value: measured(format, aim.target, measure, say) });
    if (aim.attention === null || aim.attention === undefined) return target;
    return say(`indicators:aim.attention-${aim.direction}`, { target, value: measured(format, aim.attention, measure, say) });
  };
}

export const EMPTY: IndicatorBody = { code: '', group: 'control', formula: '', unit: '%', direction: 'up', target: null, attention: null, levels: ['region', 'municipality', 'school'] };
