import type { TableProps } from 'antd';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { BulkActions } from '../../parts/BulkActions';
import { DataTable, usePaging } from '../../parts/DataTable';
import { Due } from '../../parts/Due';
import { EmptyState } from '../../parts/EmptyState';
import { useProcedureTitle } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { StateTag } from '../../parts/StateTag';
import { statesOf, turnOf } from '../../parts/turns';
import { useCaseFilter } from './filter';
import { useSign } from './words';

type Case = Schemas['Case'];
type Sort = 'due' | '-due' | 'state' | '-state' | 'unit' | '-unit' | 'year' | '-year';

function useColumns(sort: string): TableProps<Case>['columns'] {
  const { t } = useTranslation(['cases', 'records', 'app']);
  const keep = useKeep();
  const sign = useSign();
  const procedure = useProcedureTitle();
  const order = (key: string) => (sort === key ? 'ascend' as const : sort === `-${key}` ? 'descend' as const : null);
  return [
    { title: t('list.unit'), key: 'unit', sorter: true, sortOrder: order('unit'), render: (_, one) => <Link to={keep(`/cases/${one.id}`)}>{one.unit_name || one.unit_code}</Link> },
    { title: t('list.sign'), key: 'sign', render: (_, one) => (one.body.sign ? sign(one.body.sign) : one.title) },
    { title: t('list.procedure'), key: 'procedure', render: (_, one) => procedure(one.body.procedure) },
    { title: t('list.year'), key: 'year', dataIndex: 'year', sorter: true, sortOrder: order('year') },
    { title: t('list.state'), key: 'state', sorter: true, sortOrder: order('state'), render: (_, one) => <StateTag kind="case" state={one.state} /> },
    { title: t('list.turn'), key: 'turn', render: (_, one) => { const turn = turnOf('case', one.state); return turn ? t(`who.${turn.roles[0]}`) : ''; } },
    { title: t('list.due'), key: 'due', sorter: true, sortOrder: order('due'), render: (_, one) => (one.due ? <Due due={one.due} overdue={one.overdue ?? false} /> : '') },
  ];
}

/** The same cases as a list, a page at a time, sorted by the server. */
export function List({ total }: { total: Schemas['CaseBoard'] | undefined }) {
  const { t } = useTranslation(['cases', 'app']);
  const { role } = useMe();
  const { filter, unit, year, change } = useCaseFilter();
  const paging = usePaging();
  const [chosen, setChosen] = useState<Case[]>([]);
  const mine = filter.mine ? statesOf('case', role) : undefined;
  const state = filter.state && mine ? (mine.split(',').includes(filter.state) ? filter.state : 'none') : (filter.state ?? mine);
  const list = $api.useQuery('get', '/cases', {
    params: { query: { unit, year, state, overdue: filter.overdue || undefined, search: filter.search || undefined, sort: filter.sort as Sort, limit: paging.limit, offset: paging.offset, ...(filter.sign ? { member: 'sign', value: filter.sign } : {}) } },
  });
  const columns = useColumns(filter.sort);
  const sorted: TableProps<Case>['onChange'] = (_, __, sorter) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter;
    change({ sort: one.order ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : null });
  };
  return (
    <div className="oko-stack">
      <Input.Search className="oko-search oko-no-print" allowClear defaultValue={filter.search} aria-label={t('filter.search')} placeholder={t('filter.search')} onSearch={(search) => change({ search })} />
      {role === 'operator' && <BulkActions kind="case" records={chosen} offer={['take', 'escalate']} onDone={() => setChosen([])} />}
      <Loaded of={list}>
        {(data) => (data.total === 0
          ? <EmptyState why={total && total.total > 0 ? t('list.none-fit') : t('board.none')} />
          : <DataTable<Case> name={t('page.all')} columns={columns} dataSource={data.items} total={data.total} paging={paging} onChange={sorted}
              rowSelection={role === 'operator' ? { selectedRowKeys: chosen.map((one) => one.id), onChange: (_, rows) => setChosen(rows), getCheckboxProps: (one) => ({ 'aria-label': one.title }) } : undefined} />)}
      </Loaded>
    </div>
  );
}
