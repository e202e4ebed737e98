import '../../styles/admin.css';

import { Button, Input, Select, type TableProps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { UnitForm } from './UnitForm';
import { UnitState } from './UnitState';
import { LEVELS, worded, type Unit } from './units';

type Row = Unit & { children?: Row[] };
const rowOf = (unit: Unit): Row => (unit.level === 'school' || unit.level === 'class' ? unit : { ...unit, children: [] });
const place = (rows: Row[], id: number, children: Row[]): Row[] => rows.map((row) => (row.id === id ? { ...row, children } : row.children ? { ...row, children: place(row.children, id, children) } : row));

function useColumns(): TableProps<Row>['columns'] {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  return [
    { title: t('units.name'), dataIndex: 'name', width: 420, render: (name: string, unit) => <Link to={keep(`/admin/units/${unit.id}`)}>{name}</Link> },
    { title: t('units.code'), dataIndex: 'code' },
    { title: t('units.level'), dataIndex: 'level', render: (level: string) => t(`app:level.${level}`) },
    { title: t('units.type'), dataIndex: 'type', render: (type: string) => worded(t, 'units.types', type) },
    { title: t('units.place'), dataIndex: 'place', render: (where: string) => worded(t, 'units.places', where) },
    { title: t('units.state'), key: 'state', render: (_, unit) => <UnitState unit={unit} /> },
  ];
}

/** Regions, opened level by level: only what is opened is asked for. */
function Tree({ top }: { top: Unit[] }) {
  const { t } = useTranslation('admin');
  const tell = useTellFailure();
  const [rows, setRows] = useState<Row[]>(() => top.map(rowOf));
  const [open, setOpen] = useState<readonly React.Key[]>([]);
  const columns = useColumns();
  const read = async (id: number) => {
    try {
      const { data } = await api.GET('/units', { params: { query: { parent: id, limit: 1000 } } });
      if (data) setRows((old) => place(old, id, data.items.map(rowOf)));
    } catch (error) {
      tell(error);
    }
  };
  useEffect(() => {
    setRows(top.map(rowOf));
    const first = top.length === 1 ? [top[0].id] : [];
    setOpen(first);
    first.forEach((id) => void read(id));
  // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [top]);
  return (
    <DataTable<Row> name={t('page.units')} dataSource={rows} columns={columns} expandable={{
      expandedRowKeys: open, onExpandedRowsChange: setOpen, onExpand: (opened, row) => { if (opened && row.children?.length === 0) void read(row.id); },
    }} />
  );
}

function Found({ search, level }: { search: string; level?: Schemas['Level'] }) {
  const { t } = useTranslation('admin');
  const paging = usePaging();
  const columns = useColumns();
  const found = $api.useQuery('get', '/units', { params: { query: { limit: paging.limit, offset: paging.offset, ...(search ? { search } : {}), ...(level ? { level } : {}) } } });
  return (
    <Loaded of={found}>
      {(data) => (data.total === 0 ? <EmptyState why={t('units.nothing')} /> : <DataTable<Row> name={t('page.units')} dataSource={data.items} columns={columns} total={data.total} paging={paging} />)}
    </Loaded>
  );
}

function Whole({ onAdd }: { onAdd?: () => void }) {
  const { t } = useTranslation('admin');
  const top = $api.useQuery('get', '/units', { params: { query: { level: 'region', limit: 100 } } });
  return (
    <Loaded of={top}>
      {(data) => (data.total === 0
        ? <EmptyState why={t('units.empty')} next={onAdd && <><p>{t('units.empty-next')}</p><Button onClick={onAdd}>{t('units.add')}</Button></>} />
        : <Tree top={data.items} />)}
    </Loaded>
  );
}

export default function Units() {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  const operator = useRole('operator');
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('q') ?? '');
  const search = useLater(typed.trim(), 250);
  const level = (params.get('level') ?? undefined) as Schemas['Level'] | undefined;
  const [adding, setAdding] = useState(false);
  const set = (part: Record<string, string>) => setParams((old) => {
    const next = new URLSearchParams(old);
    for (const [key, value] of Object.entries(part)) if (value) next.set(key, value); else next.delete(key);
    next.delete('page');
    return next;
  }, { replace: true });
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => { if ((params.get('q') ?? '') !== search) set({ q: search }); }, [search]);
  return (
    <>
      <PageHead title={t('page.units')} what={t('units.what')}>
        {operator && <><Link to={keep('/data')}><Button>{t('units.load')}</Button></Link><Button type="primary" onClick={() => setAdding(true)}>{t('units.add')}</Button></>}
      </PageHead>
      <div className="oko-filters">
        <Input.Search allowClear aria-label={t('units.search')} placeholder={t('units.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Select allowClear aria-label={t('units.level')} placeholder={t('units.level')} value={level} onChange={(value?: string) => set({ level: value ?? '' })} options={LEVELS.map((value) => ({ value, label: t(`app:level.${value}`) }))} />
      </div>
      {search || level ? <Found search={search} level={level} /> : <Whole onAdd={operator ? () => setAdding(true) : undefined} />}
      {adding && <UnitForm onClose={() => setAdding(false)} />}
    </>
  );
}
