import type { Field, Value } from './data';

/** Words of a head or a name as they are compared: letter case, ё and blanks do not count. */
export const plainWords = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replace(/[\s\u00a0]+/g, ' ').trim();

const YES = new Set(['да', 'yes', '1', 'true', 'истина', '+']);
const NO = new Set(['нет', 'no', '0', 'false', 'ложь', '-', '–', '—']);

/** What a text of a cell means for a field: a value, null for an empty one, undefined when it can't be read. */
export function read(field: Field, text: string): Value | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]+/g, '').toLowerCase();
  if (plain === '') return null;
  if (field.type === 'yesno') return YES.has(plain) ? true : NO.has(plain) ? false : undefined;
  if (!/^\d+([.,]0*)?$/.test(plain)) return undefined;
  const value = Number(plain.replace(',', '.'));
  return value <= 1e9 ? value : undefined;
}

/** A table as a spreadsheet puts it on the clipboard: rows by lines, cells by tabs; quoted cells may hold both. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = () => { rows[rows.length - 1].push(cell); cell = ''; };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') quoted = false; else cell += c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === '\t') endCell();
    else if (c === '\n') { endCell(); rows.push([]); } else if (c !== '\r') cell += c;
  }
  endCell();
  while (rows.length > 1 && rows[rows.length - 1].every((one) => one === '')) rows.pop();
  return rows;
}

export const isBlock = (text: string): boolean => /[\t\n]/.test(text.replace(/[\r\n]+$/, ''));
