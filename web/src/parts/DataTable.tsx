import { Table, type TableProps } from 'antd';
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { usePageNames } from './pageNames';

export const PAGE_SIZE = 50;

/** Page of a list, kept in the address: `?page=3` → offset 100. */
export function usePaging(name = 'page'): { limit: number; offset: number; page: number; turn: (page: number) => void } {
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get(name) ?? 1) || 1);
  const turn = useCallback((to: number) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (to <= 1) next.delete(name); else next.set(name, String(to));
    return next;
  }), [setSearch, name]);
  return { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, page, turn };
}

/** Below this width of a column a table is scrolled inside instead of becoming narrower. */
const LEAST = 96;

type Columns<T> = NonNullable<TableProps<T>['columns']>;
const leaves = <T,>(columns: Columns<T>): Columns<T> => columns.flatMap((one) => ('children' in one ? leaves(one.children) : [one]));

/** The narrowest that a table becomes. One with a column that stays at the left is a grid of values and as wide as they are. */
function narrowest<T>(columns: Columns<T>): number | 'max-content' {
  const all = leaves(columns);
  if (all.some((one) => one.fixed)) return 'max-content';
  return all.reduce((sum, one) => sum + (typeof one.width === 'number' ? one.width : LEAST), 0);
}

/** Numbers stay on a line, all else wraps. */
const withLines = <T,>(columns: Columns<T>): Columns<T> => columns.map((one) => (
  'children' in one ? { ...one, children: withLines(one.children) }
    : one.align === 'right' || one.align === 'end' ? { ...one, className: `oko-number ${one.className ?? ''}` } : one));

interface Props<T> extends Omit<TableProps<T>, 'pagination' | 'title'> {
  /** Said to screen readers and printed above the table. */
  name: string;
  total?: number;
  paging?: { page: number; turn: (page: number) => void };
}

/** A table that is wider than its place is scrolled with the arrow keys as well. */
function useScrollByKeys(box: RefObject<HTMLDivElement | null>, name: string): void {
  const seen = useRef<{ parts: unknown[]; stop: () => void } | null>(null);
  useEffect(() => {
    const inside = box.current?.querySelector<HTMLElement>('.ant-table-content, .ant-table-body');
    const parts = [inside, inside?.firstElementChild, name];
    if (!inside || parts.every((part, i) => part === seen.current?.parts[i])) return;
    seen.current?.stop();
    const look = () => {
      const wide = inside.scrollWidth > inside.clientWidth;
      for (const [attribute, value] of [['tabindex', '0'], ['role', 'region'], ['aria-label', name]]) {
        if (wide) inside.setAttribute(attribute, value); else inside.removeAttribute(attribute);
      }
    };
    const sizes = new ResizeObserver(look); // looks when it begins as well, after the browser has laid the table out by itself
    sizes.observe(inside);
    if (inside.firstElementChild) sizes.observe(inside.firstElementChild);
    seen.current = { parts, stop: () => sizes.disconnect() };
  });
  useEffect(() => () => { seen.current?.stop(); seen.current = null; }, []);
}

/** A table of at most fifty rows at a time; with `paging` the server pages, without it the rows at hand are paged here. */
export function DataTable<T extends object>({ name, total, paging, className, ...rest }: Props<T>) {
  const { t } = useTranslation();
  const names = usePageNames();
  const count = total ?? rest.dataSource?.length ?? 0;
  const box = useRef<HTMLDivElement>(null);
  useScrollByKeys(box, name);
  const columns = useMemo(() => withLines(rest.columns ?? []), [rest.columns]); // the same object keeps the rows from being drawn anew
  const least = useMemo(() => ({ x: narrowest(columns) }), [columns]);
  return (
    <div ref={box}><Table<T>
      size="middle"
      rowKey="id"
      {...rest}
      columns={columns}
      aria-label={name}
      className={`oko-table ${className ?? ''}`}
      scroll={rest.scroll ?? least}
      showSorterTooltip={false}
      pagination={count > PAGE_SIZE ? {
        pageSize: PAGE_SIZE, showSizeChanger: false, total: count, itemRender: names, showTotal: (all) => t('app:table.total', { count: all }),
        ...(paging ? { current: paging.page, onChange: paging.turn } : {}),
      } : false}
    /></div>
  );
}
