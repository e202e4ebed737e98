import type { ReactNode } from 'react';

/** The part of Markdown that the guide is written in, as elements: no HTML of the text is ever taken over. */
export interface Heading { level: number; text: string; id: string }

const INLINE = /(`[^`]+`)|(\*\*[^*]+\*\*)|(\[[^\]]+\]\([^)\s]+\))/g;

function inline(text: string): ReactNode[] {
  const out: ReactNode[] = [];
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > last) out.push(text.slice(last, found.index));
    const piece = found[0];
    const key = found.index;
    if (piece.startsWith('`')) out.push(<code key={key}>{piece.slice(1, -1)}</code>);
    else if (piece.startsWith('**')) out.push(<strong key={key}>{inline(piece.slice(2, -2))}</strong>);
    else {
      const [, words, to] = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(piece)!;
      out.push(to.startsWith('#') ? <a key={key} href={to}>{words}</a> : words); // files beside the guide are not in the program
    }
    last = found.index + piece.length;
  }
  if (last < text.length) out.push(text.slice(last));
  return out;
}

export const anchor = (text: string): string => text.toLowerCase().replace(/[`*«»"().,:;!?—–/\\]/g, '').trim().replace(/\s+/g, '-');

const cells = (line: string) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
const ITEM = /^(\s*)([-*]|\d+\.)\s+(.*)$/;

/** Lines → blocks, one reading; every branch takes at least one line. */
export function render(source: string): { blocks: ReactNode[]; headings: Heading[] } {
  const lines = source.split('\n');
  const blocks: ReactNode[] = [];
  const headings: Heading[] = [];
  let at = 0;
  const while_ = (fits: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && fits(lines[at])) at += 1;
    return lines.slice(from, at);
  };
  const heading = (line: string) => {
    const level = /^#+/.exec(line)![0].length;
    const text = line.slice(level).trim();
    const id = anchor(text);
    const Tag = `h${Math.min(level, 4)}` as 'h1' | 'h2' | 'h3' | 'h4';
    headings.push({ level, text: text.replace(/[`*]/g, ''), id });
    blocks.push(<Tag key={at} id={id}>{inline(text)}</Tag>);
    at += 1;
  };
  const fence = () => {
    at += 1;
    const code = while_((line) => !line.startsWith('```'));
    at += 1;
    blocks.push(<pre key={at} tabIndex={0}><code>{code.join('\n')}</code></pre>);
  };
  const table = () => {
    const [head, , ...rows] = while_((line) => line.startsWith('|'));
    const titles = cells(head);
    blocks.push(
      <table key={at} tabIndex={0}>
        {titles.some(Boolean) && <thead><tr>{titles.map((cell, i) => <th key={i}>{inline(cell)}</th>)}</tr></thead>}
        <tbody>{rows.map((row, i) => <tr key={i}>{cells(row).map((cell, k) => <td key={k}>{inline(cell)}</td>)}</tr>)}</tbody>
      </table>,
    );
  };
  const list = () => {
    const ordered = /^\s*\d/.test(lines[at]);
    const items: string[] = [];
    for (const line of while_((one) => ITEM.test(one) || /^\s+\S/.test(one))) {
      const item = ITEM.exec(line);
      if (item) items.push(item[3]);
      else items[items.length - 1] += ` ${line.trim()}`;
    }
    const inside = items.map((item, i) => <li key={i}>{inline(item)}</li>);
    blocks.push(ordered ? <ol key={at}>{inside}</ol> : <ul key={at}>{inside}</ul>);
  };
  while (at < lines.length) {
    const line = lines[at];
    if (line.trim() === '') at += 1;
    else if (/^#{1,6}\s/.test(line)) heading(line);
    else if (line.startsWith('```')) fence();
    else if (line.startsWith('|')) table();
    else if (ITEM.test(line)) list();
    else if (/^( {4}|\t)/.test(line)) blocks.push(<pre key={at} tabIndex={0}><code>{while_((one) => /^( {4}|\t)/.test(one)).map((one) => one.replace(/^( {4}|\t)/, '')).join('\n')}</code></pre>);
    else {
      const text = [line, ...(() => { at += 1; return while_((one) => one.trim() !== '' && !/^(#{1,6}\s|```|\||\s*[-*]\s|\s*\d+\.\s)/.test(one)); })()].join(' ');
      blocks.push(<p key={at}>{inline(text)}</p>);
    }
  }
  return { blocks, headings };
}
