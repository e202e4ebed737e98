import { Table, type TableProps } from 'antd';
import { useCallback, useEffect, useRef, type ComponentRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

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

interface Props<T> extends Omit<TableProps<T>, 'pagination' | 'title'> {
  /** Said to screen readers and printed above the table. */
  name: string;
  total?: number;
  paging?: { page: number; turn: (page: number) => void };
}

/** What scrolls inside must be reached by the keyboard, also where nothing in it takes the focus. */
function useScrolledByKeys(): React.RefObject<ComponentRef<typeof Table> | null> {
  const table = useRef<ComponentRef<typeof Table>>(null);
  useEffect(() => {
    const inside = table.current?.nativeElement.querySelector<HTMLElement>('.ant-table-content');
    if (!inside) return;
    if (inside.scrollWidth > inside.clientWidth) inside.tabIndex = 0;
    else inside.removeAttribute('tabindex');
  });
  return table;
}

/** A table of at most fifty rows at a time; with `paging` the server pages, without it the rows at hand are paged here. */
export function DataTable<T extends object>({ name, total, paging, className, ...rest }: Props<T>) {
  const { t } = useTranslation();
  const count = total ?? rest.dataSource?.length ?? 0;
  const table = useScrolledByKeys();
  return (
    <Table<T>
      size="middle"
      rowKey="id"
      {...rest}
      ref={table}
      aria-label={name}
      className={`oko-table ${className ?? ''}`}
      scroll={rest.scroll ?? { x: 'max-content' }}
      showSorterTooltip={false}
      pagination={count > PAGE_SIZE ? {
        pageSize: PAGE_SIZE, showSizeChanger: false, total: count, showTotal: (all) => t('app:table.total', { count: all }),
        ...(paging ? { current: paging.page, onChange: paging.turn } : {}),
      } : false}
    />
  );
}
