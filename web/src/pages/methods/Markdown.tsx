import { useMemo, type ReactNode } from 'react';

type Block =
  | { kind: 'head'; level: number; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; rows: string[][] }
  | { kind: 'text'; text: string };

const isRow = (line: string) => /^\|.*\|\s*$/.test(line);
const cells = (line: string) => line.trim().slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));

function codeOf(lines: string[]): Block {
  if (lines[0].startsWith('```')) {
    lines.shift();
    const end = lines.findIndex((line) => line.startsWith('```'));
    const text = lines.splice(0, end < 0 ? lines.length : end).join('\n');
    lines.shift();
    return { kind: 'code', text };
  }
  const taken: string[] = [];
  while (lines.length && /^( {4}|\s*$)/.test(lines[0])) taken.push(lines.shift()!.slice(4));
  return { kind: 'code', text: taken.join('\n').trimEnd() };
}

function blockOf(lines: string[]): Block {
  const head = /^(#{1,4}) (.*)$/.exec(lines[0]);
  if (head) {
    lines.shift();
    return { kind: 'head', level: head[1].length, text: head[2] };
  }
  if (/^(```| {4})/.test(lines[0])) return codeOf(lines);
  if (isRow(lines[0])) {
    const rows: string[][] = [];
    while (lines.length && isRow(lines[0])) rows.push(cells(lines.shift()!));
    return { kind: 'table', rows: rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell))) };
  }
  const starts = /^(-|\*|\d+\.) /;
  if (starts.test(lines[0])) {
    const items: string[] = [];
    while (lines.length && lines[0].trim()) {
      const line = lines.shift()!;
      if (starts.test(line)) items.push(line.replace(starts, ''));
      else items[items.length - 1] += ` ${line.trim()}`;
    }
    return { kind: 'list', items };
  }
  const taken: string[] = [];
  while (lines.length && lines[0].trim() && !/^(#{1,4} |```)/.test(lines[0]) && !isRow(lines[0])) taken.push(lines.shift()!);
  return { kind: 'text', text: taken.join(' ') };
}

/** The part of Markdown that our own documents use. */
function parse(text: string): Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  while (lines.length) {
    if (lines[0].trim()) blocks.push(blockOf(lines));
    else lines.shift();
  }
  return blocks;
}

function inline(text: string): ReactNode[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/).map((part, i) => {
    if (part.startsWith('`')) return <code key={i}>{part.slice(1, -1)}</code>;
    if (part.startsWith('**')) return <strong key={i}>{part.slice(2, -2)}</strong>;
    const link = /^\[([^\]]+)\]\(/.exec(part);
    return link ? link[1] : part;
  });
}

function Shown({ block }: { block: Block }) {
  switch (block.kind) {
    case 'head': {
      const Head = `h${Math.min(block.level + 1, 5)}` as 'h2';
      const number = /^(\d+(\.\d+)*)/.exec(block.text);
      return <Head id={number ? `s${number[1]}` : undefined}>{inline(block.text)}</Head>;
    }
    case 'code': return <pre tabIndex={0}>{block.text}</pre>;
    case 'list': return <ul>{block.items.map((item, i) => <li key={i}>{inline(item)}</li>)}</ul>;
    case 'table': return (
      <div className="oko-method-table" tabIndex={0}>
        <table>
          <thead><tr>{block.rows[0]?.map((cell, i) => <th key={i} scope="col">{inline(cell)}</th>)}</tr></thead>
          <tbody>{block.rows.slice(1).map((row, k) => <tr key={k}>{row.map((cell, i) => <td key={i}>{inline(cell)}</td>)}</tr>)}</tbody>
        </table>
      </div>
    );
    case 'text': return <p>{inline(block.text)}</p>;
  }
}

export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parse(text), [text]);
  return <article lang="en" className="oko-method">{blocks.map((block, i) => <Shown key={i} block={block} />)}</article>;
}
