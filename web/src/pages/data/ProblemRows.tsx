import { Button, type TableColumnsType } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { ApplyFixes } from './ApplyFixes';
import { useFilter } from './filter';
import { useFixes, type Fixes, type ProblemRow } from './fixes';
import { FaultyCell, RowCell } from './RowCell';
import type { Import } from './report';
import { SeverityIcon } from './SeverityIcon';

interface Head { col: number; text: string }

/** What is wrong in the row; a faulty cell is put right beside its words, the whole row on demand. */
function Why({ row, fixes, open, onToggle }: { row: ProblemRow; fixes: Fixes | null; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation('data');
  const seen = new Set<number>();
  const first = (col: number) => col > 0 && !seen.has(col) && Boolean(seen.add(col));
  return (
    <>
      <ul>
        {row.problems.map((one, i) => (
          <li key={i}>
            <SeverityIcon severity={one.severity} />
            <span>
              {one.column && <strong>{one.column} </strong>}
              {row.cells.length > 0 && first(one.col) && <><FaultyCell row={row} problem={one} fixes={fixes} />{' '}</>}
              {one.text}
            </span>
          </li>
        ))}
      </ul>
      {fixes && row.cells.length > 0 && <Button type="link" size="small" aria-pressed={open} onClick={onToggle}>{t(open ? 'rows.close' : 'rows.open')}</Button>}
    </>
  );
}

function columnsOf(heads: Head[], sheets: boolean, fixes: Fixes | null, open: (row: ProblemRow) => boolean, toggle: (row: ProblemRow) => void, t: (key: string) => string): TableColumnsType<ProblemRow> {
  return [
    ...(sheets ? [{ title: t('rows.sheet'), dataIndex: 'sheet' }] : []),
    { title: t('rows.row'), key: 'row', className: 'oko-number', render: (_, row) => (row.row > 0 ? row.row : '') },
    {
      title: t('rows.why'), key: 'why', className: 'oko-why',
      render: (_, row) => <Why row={row} fixes={fixes} open={open(row)} onToggle={() => toggle(row)} />,
    },
    ...heads.map((head) => ({
      title: head.text, key: `c${head.col}`,
      render: (_: unknown, row: ProblemRow) => <RowCell row={row} head={head} fixes={row.cells.length > 0 ? fixes : null} open={open(row)} />,
    })),
  ];
}

/** A wide table is scrolled by the keyboard, too: its scrolled part takes the focus. */
function useScrolledByKeys(name: string) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const part = place.current?.querySelector('.ant-table-content');
    if (!part) return;
    part.setAttribute('tabindex', '0');
    part.setAttribute('role', 'region');
    part.setAttribute('aria-label', name);
  });
  return place;
}

/** Rows with problems as they stood in the file, the faulty cells marked; an operator puts them right on the spot. */
export function ProblemRows({ of, fixing }: { of: Import; fixing: boolean }) {
  const { t } = useTranslation('data');
  const paging = usePaging();
  const filter = useFilter();
  const fixes = useFixes(of.id);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const asked = $api.useQuery('get', '/imports/{id}/rows', { params: { path: { id: of.id }, query: { severity: filter.severity, reason: filter.reason, limit: paging.limit, offset: paging.offset } } }, { placeholderData: (old) => old });
  const place = useScrolledByKeys(t('rows.title'));
  const nameOf = (row: ProblemRow) => `${row.row}/${row.sheet}`;
  const toggle = (row: ProblemRow) => setOpened((old) => { const next = new Set(old); if (!next.delete(nameOf(row))) next.add(nameOf(row)); return next; });
  return (
    <div ref={place}>
      <Loaded of={asked}>
        {(data) => {
          if (data.total === 0) return <EmptyState why={t('rows.none')} />;
          const heads = (data.heads[0]?.cells ?? []) as Head[];
          const sheets = new Set(data.items.map((row) => row.sheet).filter(Boolean)).size > 1;
          return (
            <DataTable<ProblemRow>
              name={t('rows.title')}
              className="oko-rows"
              rowKey={nameOf}
              size="small"
              dataSource={data.items}
              total={data.total}
              paging={paging}
              columns={columnsOf(heads, sheets, fixing ? fixes : null, (row) => opened.has(nameOf(row)), toggle, t)}
            />
          );
        }}
      </Loaded>
      {fixing && <ApplyFixes of={of} fixes={fixes} />}
    </div>
  );
}
