import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { EmptyState } from '../../parts/EmptyState';
import { Card } from './Card';
import { useCaseFilter } from './filter';
import { FINAL, OPEN } from './words';

type BoardData = Schemas['CaseBoard'];

/** Arrow keys lead from card to card: up and down in a column, left and right to the neighbouring ones. */
function move(event: KeyboardEvent<HTMLElement>, root: HTMLElement | null): void {
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  const card = (event.target as HTMLElement).closest<HTMLElement>('a.oko-case');
  if (!step || !card || !root) return;
  const columns = [...root.querySelectorAll<HTMLElement>('[data-column]')].map((column) => [...column.querySelectorAll<HTMLElement>('a.oko-case')]).filter((column) => column.length > 0);
  const at = columns.findIndex((column) => column.includes(card));
  const column = columns[at + step[0]];
  if (!column) return;
  const place = columns[at].indexOf(card) + step[1];
  const next = column[Math.min(Math.max(place, 0), column.length - 1)];
  event.preventDefault();
  next.focus();
}

function Column({ state, board }: { state: string; board: BoardData }) {
  const { t } = useTranslation(['cases', 'records']);
  const keep = useKeep();
  const { filter } = useCaseFilter();
  const cards = board.columns[state] ?? [];
  const count = board.states[state] ?? 0;
  const waits = board.waits[state] ?? [];
  const rest = keep('/cases', { view: 'list', state, sign: filter.sign, overdue: filter.overdue ? 1 : null });
  return (
    <section className="oko-column" data-column={state} aria-labelledby={`column-${state}`}>
      <h2 id={`column-${state}`}>{t(`records:case.state.${state}`)} <span className="oko-quiet">{count}</span></h2>
      {waits.length > 0 && <p className="oko-quiet">{t('board.waits', { who: t(`who.${waits[0]}`) })}</p>}
      {cards.length > 0 && <ul>{cards.map((card) => <li key={card.id}><Card card={card} /></li>)}</ul>}
      {count > cards.length && <Link to={rest}>{t('board.more', { count: count - cards.length })}</Link>}
    </section>
  );
}

function Finished({ board }: { board: BoardData }) {
  const { t } = useTranslation('cases');
  const keep = useKeep();
  const { filter } = useCaseFilter();
  const there = FINAL.filter((state) => (board.states[state] ?? 0) > 0);
  if (there.length === 0) return null;
  return (
    <p className="oko-row">
      <span className="oko-quiet">{t('board.finished')}</span>
      {there.map((state) => <Link key={state} to={keep('/cases', { view: 'list', state, sign: filter.sign })}>{t(`board.${state}`, { count: board.states[state] })}</Link>)}
    </p>
  );
}

/** Cases by state: what is open as columns of the most urgent ones; states without any and what is finished as a line each. */
export function Board({ board }: { board: BoardData }) {
  const { t } = useTranslation(['cases', 'records']);
  const keep = useKeep();
  const operator = useRole('operator');
  const school = useRole('school');
  const root = useRef<HTMLDivElement>(null);
  const shown = OPEN.filter((state) => state in board.states);
  const full = shown.filter((state) => (board.states[state] ?? 0) > 0);
  const empty = shown.filter((state) => !full.includes(state));
  const open = shown.reduce((sum, state) => sum + (board.states[state] ?? 0), 0);
  return (
    <div className="oko-stack">
      <p role="status">{t('board.sum', { count: open })}{board.overdue > 0 && `, ${t('board.overdue', { count: board.overdue })}`}{board.escalated > 0 && `, ${t('board.escalated', { count: board.escalated })}`}.</p>
      {open === 0
        ? <EmptyState why={board.total > 0 ? t('board.none-open') : t(school ? 'board.none-school' : 'board.none')} next={operator && board.total === 0 && <Link to={keep('/cases/signals')}>{t('signals.go')}</Link>} />
        : <div ref={root} className="oko-board" role="group" aria-label={t('board.name')} onKeyDown={(event) => move(event, root.current)}>{full.map((state) => <Column key={state} state={state} board={board} />)}</div>}
      {open > 0 && empty.length > 0 && <p className="oko-quiet">{t('board.empty', { list: empty.map((state) => t(`records:case.state.${state}`)).join(', ') })}</p>}
      <Finished board={board} />
    </div>
  );
}
