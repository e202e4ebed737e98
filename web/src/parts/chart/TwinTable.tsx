import { useMemo } from 'react';

import { DataTable } from '../DataTable';
import { useFormat, type Format } from '../format';
import type { Cell, Column, Twin } from './types';

function written(cell: Cell, column: Column, format: Format): string {
  if (typeof cell === 'string') return cell;
  if (column.kind === 'share') return format.share(cell, column.digits ?? 1);
  return column.kind === 'p' ? format.p(cell) : format.number(cell, column.digits ?? 2);
}

function inOrder(a: Cell, b: Cell, format: Format): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return typeof a === 'number' && typeof b === 'number' ? a - b : format.compare(String(a), String(b));
}

/** The numbers of a picture as a table: everything that is drawn can be read. */
export default function TwinTable({ name, twin }: { name: string; twin: Twin }) {
  const format = useFormat();
  const rows = useMemo(() => twin.rows.map((cells, id) => ({ id, cells })), [twin.rows]);
  return (
    <DataTable
      name={name}
      size="small"
      dataSource={rows}
      columns={twin.columns.map((column, k) => ({
        title: column.title,
        key: k,
        align: column.kind && column.kind !== 'text' ? 'right' as const : undefined,
        sorter: (a: { cells: Cell[] }, b: { cells: Cell[] }) => inOrder(a.cells[k], b.cells[k], format),
        render: (_: unknown, row: { cells: Cell[] }) => written(row.cells[k], column, format),
      }))}
    />
  );
}
