import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { inlineOf, type Block, type Inline } from './blocks';
import '../styles/markdown.css';

/** Documents that the interface shows, by their file, in any language; a link to another file is its words alone. */
const SHOWN: Record<string, string> = { guide: '/help', methods: '/help/methods', commands: '/help/commands', server: '/help/server' };
const USER = /^(\w+?)(?:\.en)?\.md$/;
const METHOD = /^(?:\.\.\/)?(METHODS[\w-]*)\.md$/;

function Reference({ to, children }: { to: string; children: ReactNode }) {
  if (to.startsWith('#')) return <a href={to}>{children}</a>;
  const [file, anchor] = to.split('#');
  const path = SHOWN[USER.exec(file)?.[1] ?? ''] ?? (METHOD.exec(file) ? `/methods/${METHOD.exec(file)![1]}` : undefined);
  return path ? <Link to={anchor ? `${path}#${anchor}` : path}>{children}</Link> : <>{children}</>;
}

function Piece({ of }: { of: Inline }): ReactNode {
  switch (of.kind) {
    case 'words': return of.text;
    case 'code': return <code>{of.text}</code>;
    case 'strong': return <strong><Pieces of={of.inside} /></strong>;
    case 'em': return <em><Pieces of={of.inside} /></em>;
    case 'link': return <Reference to={of.to}>{of.text}</Reference>;
  }
}

const Pieces = ({ of }: { of: Inline[] }) => of.map((piece, i) => <Piece key={i} of={piece} />);
const Words = ({ text }: { text: string }) => <Pieces of={inlineOf(text)} />;

function Shown({ block, shift }: { block: Block; shift: number }) {
  switch (block.kind) {
    case 'head': {
      const Head = `h${Math.min(block.level + shift, 5)}` as 'h2';
      return <Head id={block.id}><Words text={block.text} /></Head>;
    }
    case 'code': return <pre tabIndex={0}><code>{block.text}</code></pre>;
    case 'list': {
      const items = block.items.map((item, i) => <li key={i}><Words text={item} /></li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table': return (
      <div className="oko-md-table" tabIndex={0}>
        <table>
          {block.head.some(Boolean) && <thead><tr>{block.head.map((cell, i) => <th key={i} scope="col"><Words text={cell} /></th>)}</tr></thead>}
          <tbody>{block.rows.map((row, k) => <tr key={k}>{row.map((cell, i) => <td key={i}><Words text={cell} /></td>)}</tr>)}</tbody>
        </table>
      </div>
    );
    case 'text': return <p><Words text={block.text} /></p>;
  }
}

/** A document of ours as elements. `shift`: how far its headings stand below those of the page. */
export function Markdown({ blocks, lang, shift = 0 }: { blocks: Block[]; lang: 'ru' | 'en'; shift?: number }) {
  return <article lang={lang} className="oko-md">{blocks.map((block, i) => <Shown key={i} block={block} shift={shift} />)}</article>;
}
