import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { useAim, useMeasured, type Level } from './data';

type Row = Schemas['IndicatorValueRow'];
type Column = Schemas['IndicatorColumn'];
export type OnPick = (row: Row, column: Column) => void;

function Cell({ row, column, onPick }: { row: Row; column: Column; onPick: OnPick }) {
  const { t } = useTranslation(['indicators']);
  const measured = useMeasured();
  const cell = row.values[column.code];
  if (!cell) return <span className="oko-quiet">{t('values.not-computed')}</span>;
  const number = cell.value === null ? '—' : measured(cell.value, column.measure);
  const words = cell.value === null ? cell.why_text : cell.standing_text;
  return (
    <Button type="text" className="oko-value" onClick={() => onPick(row, column)}>
      <b>{number}</b><small>{words}</small><span className="oko-sr">{t('values.cell', { unit: row.unit_name, title: column.title })}</span>
    </Button>
  );
}

/** Units by indicators of one level; in the order of codes, so that nobody is first or last. */
export function Units({ data, paging, level, onPick }: { data: Schemas['IndicatorValueTable']; paging: { page: number; turn: (page: number) => void }; level: Level; onPick: OnPick }) {
  const { t } = useTranslation(['indicators']);
  const aim = useAim();
  return (
    <DataTable<Row>
      name={t(`values.levels.${level}`)} rowKey="unit" dataSource={data.items} total={data.total} paging={paging}
      columns={[
        { title: t('column.unit'), key: 'unit', fixed: 'left', width: 220, render: (_, row) => <><div>{row.unit_name}</div><div className="oko-quiet">{level === 'school' ? `${row.unit_code} · ${row.parent_name}` : row.unit_code}</div></> },
        ...data.columns.map((column) => ({
          title: <Tooltip title={aim(column, column.measure)}><span className="oko-head-wrap">{column.title}</span></Tooltip>,
          key: column.code, align: 'right' as const, render: (_: unknown, row: Row) => <Cell row={row} column={column} onPick={onPick} />,
        })),
      ]}
    />
  );
}
