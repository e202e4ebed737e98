import { plainWords, read } from './cells';
import type { CampaignForm, Field, Value, Values, Words } from './data';

export interface Landed { field: Field; text: string; value: Value | undefined }
export interface LandedRow { form: CampaignForm; cells: Landed[] }
export interface Landing { rows: LandedRow[]; fields: Field[]; /** Lines and columns that found no place. */ lost: string[] }
interface Start { row: number; column: number }

/** Columns by a head line of names or codes; without one, from the start to the right. */
function columnsOf(cells: string[][], fields: Field[], words: (field: Field) => Words): { head: boolean; of: (Field | undefined)[] } {
  const of = cells[0].map((text) => fields.find((field) => plainWords(words(field).title) === plainWords(text) || field.code === plainWords(text)));
  return { head: of.some(Boolean), of };
}

/** The column that names units, by code or by name. */
function unitColumn(lines: string[][], forms: CampaignForm[]): { at: number; find: (text: string) => CampaignForm | undefined } {
  const known = new Map(forms.flatMap((form) => [[plainWords(form.unit_name), form], [plainWords(form.unit_code), form]] as const));
  const find = (text: string) => known.get(plainWords(text));
  const width = Math.max(...lines.map((line) => line.length));
  for (let at = 0; at < Math.min(width, 3); at++) if (lines.some((line) => find(line[at] ?? ''))) return { at, find };
  return { at: -1, find };
}

/** Where a pasted block goes: by the names that it holds itself, else from the cell on which it was pasted. */
export function land(cells: string[][], forms: CampaignForm[], page: CampaignForm[], fields: Field[], words: (field: Field) => Words, start: Start): Landing {
  const columns = columnsOf(cells, fields, words);
  const lines = columns.head ? cells.slice(1) : cells;
  const units = unitColumn(lines.length > 0 ? lines : [[]], forms);
  const lost: string[] = [];
  const fieldAt = (at: number) => {
    if (columns.head) return columns.of[at];
    return fields[start.column + at - (units.at >= 0 && at > units.at ? units.at + 1 : 0)];
  };
  const rows = lines.flatMap((line, i): LandedRow[] => {
    const form = units.at >= 0 ? units.find(line[units.at] ?? '') : page[start.row + i];
    if (!form) { if (line.some((text) => text.trim() !== '')) lost.push(line.slice(0, 3).join(' · ')); return []; }
    const landed = line.flatMap((text, at): Landed[] => {
      if (at === units.at) return [];
      const field = fieldAt(at);
      if (!field || !form.fields.includes(field.code)) {
        if (!columns.head && text.trim() !== '') lost.push(`${form.unit_name}: ${text}`);
        return [];
      }
      return [{ field, text: text.trim(), value: read(field, text) }];
    });
    return landed.length > 0 ? [{ form, cells: landed }] : [];
  });
  const used = fields.filter((field) => rows.some((row) => row.cells.some((cell) => cell.field.code === field.code)));
  return { rows, fields: used, lost };
}

export const unreadIn = (landing: Landing): number => landing.rows.reduce((n, row) => n + row.cells.filter((cell) => cell.value === undefined).length, 0);

/** As the server takes it: what can be read, with the version of each form that was looked at. */
export function bodyOf(landing: Landing, check: boolean): { rows: { unit: number; version: number; values: Values }[]; check: boolean } {
  return {
    check,
    rows: landing.rows.map(({ form, cells }) => ({ unit: form.unit, version: form.version, values: Object.fromEntries(cells.filter((cell) => cell.value !== undefined).map((cell) => [cell.field.code, cell.value as Value])) })),
  };
}
