import type { Schemas } from '../../api/client';

export type Unit = Schemas['Unit'];
export const TYPES = ['school', 'gymnasium', 'lyceum', 'special', 'correctional', 'evening', 'boarding'] as const;
export const PLACES = ['town', 'village'] as const;
export const LEVELS = ['region', 'municipality', 'school'] as const;

/** Words of a value that comes from files as well: an unknown one is shown as it stands. */
export function worded(t: (key: string, options?: { defaultValue: string }) => string, group: string, value: string): string {
  return value === '' ? '' : t(`${group}.${value}`, { defaultValue: value });
}
