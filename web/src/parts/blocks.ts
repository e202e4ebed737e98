/** The part of Markdown that our documents are written in, read into blocks; no HTML of a text is ever taken over. */
export type Block =
  | { kind: 'head'; level: number; text: string; id: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'text'; text: string };

export type Inline =
  | { kind: 'words'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'em'; inside: Inline[] }
  | { kind: 'link'; text: string; to: string };

const HEAD = /^(#{1,6})\s+(.*)$/;
const ITEM = /^(\s*)([-*]|\d+\.)\s+(.*)$/;
const ROW = /^\|.*\|\s*$/;
const FENCE = /^```/;
const INDENT = /^( {4}|\t)/;

export const anchorOf = (text: string): string => text.toLowerCase().replace(/[`*«»"().,:;!?—–/\\^]/g, '').trim().replace(/\s+/g, '-');
/** Numbered sections are known by their number, as the server names them: "3.1 The region" → s3.1. */
const idOf = (text: string) => { const number = /^(\d+(\.\d+)*)[. ]/.exec(text); return number ? `s${number[1].replace(/\.$/, '')}` : anchorOf(text); };

const cells = (line: string) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));

/** Lines → blocks, one reading; every branch takes at least one line. */
export function blocksOf(source: string): Block[] {
  const lines = source.split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const take = (fits: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && fits(lines[at])) at += 1;
    return lines.slice(from, at);
  };
  const list = (): Block => {
    const ordered = /^\s*\d/.test(lines[at]);
    const items: string[] = [];
    for (const line of take((one) => ITEM.test(one) || (one.trim() !== '' && /^\s/.test(one)))) {
      const item = ITEM.exec(line);
      if (item) items.push(item[3]);
      else items[items.length - 1] += ` ${line.trim()}`;
    }
    return { kind: 'list', ordered, items };
  };
  const one = (line: string): Block => {
    const head = HEAD.exec(line);
    if (head) { at += 1; return { kind: 'head', level: head[1].length, text: head[2].trim(), id: idOf(head[2].trim()) }; }
    if (FENCE.test(line)) {
      at += 1;
      const text = take((next) => !FENCE.test(next)).join('\n');
      at += 1;
      return { kind: 'code', text };
    }
    if (ROW.test(line)) {
      const rows = take((next) => ROW.test(next)).map(cells).filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
      return { kind: 'table', head: rows[0] ?? [], rows: rows.slice(1) };
    }
    if (ITEM.test(line)) return list();
    if (INDENT.test(line)) return { kind: 'code', text: take((next) => INDENT.test(next) || next.trim() === '').map((next) => next.replace(INDENT, '')).join('\n').trimEnd() };
    at += 1;
    return { kind: 'text', text: [line, ...take((next) => next.trim() !== '' && ![HEAD, FENCE, ROW, ITEM].some((begin) => begin.test(next)))].map((next) => next.trim()).join(' ') };
  };
  while (at < lines.length) {
    if (lines[at].trim() === '') at += 1;
    else blocks.push(one(lines[at]));
  }
  return blocks;
}

// Code, bold, emphasis (no star inside of a word: those are formulas), links, a sign that stands for itself.
const INLINE = /(`[^`]+`)|(\*\*.+?\*\*)|((?<![\w\\*])\*[^\s*](?:[^*]*[^\s*])?\*(?![\w*]))|(\[[^\]]+\]\([^)\s]+\))|(\\[\\`*_|[\]])/g;

export function inlineOf(text: string): Inline[] {
  const out: Inline[] = [];
  const words = (piece: string) => { if (piece) out.push({ kind: 'words', text: piece }); };
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    words(text.slice(last, found.index));
    const piece = found[0];
    last = found.index + piece.length;
    if (piece.startsWith('`')) out.push({ kind: 'code', text: piece.slice(1, -1) });
    else if (piece.startsWith('**')) out.push({ kind: 'strong', inside: inlineOf(piece.slice(2, -2)) });
    else if (piece.startsWith('*')) out.push({ kind: 'em', inside: inlineOf(piece.slice(1, -1)) });
    else if (piece.startsWith('\\')) words(piece.slice(1));
    else { const [, name, to] = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(piece)!; out.push({ kind: 'link', text: name, to }); }
  }
  words(text.slice(last));
  return out;
}

const headsOf = (blocks: Block[]) => blocks.filter((block) => block.kind === 'head');

/** What a document calls the heading that its twin in another language knows by this id: both have the same headings in the same order. */
export const sameHead = (blocks: Block[], twin: Block[], id: string): string | undefined => headsOf(blocks)[headsOf(twin).findIndex((head) => head.id === id)]?.id;

/** The part of a document under the heading with this id, up to the next heading of its level or above. */
export function partOf(blocks: Block[], id: string): Block[] {
  const from = blocks.findIndex((block) => block.kind === 'head' && block.id === id);
  if (from < 0) return [];
  const { level } = blocks[from] as Block & { kind: 'head' };
  const rest = blocks.slice(from + 1);
  const end = rest.findIndex((block) => block.kind === 'head' && block.level <= level);
  return end < 0 ? rest : rest.slice(0, end);
}
