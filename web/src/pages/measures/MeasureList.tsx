import type { TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { BulkActions } from '../../parts/BulkActions';
import { DataTable, usePaging } from '../../parts/DataTable';
import { Due } from '../../parts/Due';
import { EmptyState } from '../../parts/EmptyState';
import { useCatalogue } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { StateTag } from '../../parts/StateTag';
import { Verdict } from '../effect/Verdict';

type Measure = Schemas['Measure'];
type Sort = 'due' | '-due' | 'unit' | '-unit' | 'state' | '-state' | 'updated' | '-updated';

function useColumns(sort: string): TableProps<Measure>['columns'] {
  const { t } = useTranslation('measures');
  const keep = useKeep();
  const { titleOf } = useCatalogue();
  const order = (key: string) => (sort === key ? 'ascend' as const : sort === `-${key}` ? 'descend' as const : null);
  return [
    { title: t('list.measure'), key: 'measure', render: (_, one) => <Link to={keep(`/measures/${one.id}`)}>{titleOf(one)}</Link> },
    { title: t('list.unit'), key: 'unit', sorter: true, sortOrder: order('unit'), render: (_, one) => one.unit_name || one.unit_code },
    { title: t('list.owner'), key: 'owner', responsive: ['xxl'], render: (_, one) => one.body.owner ?? '' },
    { title: t('list.state'), key: 'state', sorter: true, sortOrder: order('state'), render: (_, one) => <StateTag kind="measure" state={one.state} /> },
    { title: t('list.due'), key: 'due', sorter: true, sortOrder: order('due'), render: (_, one) => (one.due ? <Due due={one.due} overdue={one.overdue ?? false} /> : '') },
    { title: t('list.effect'), key: 'effect', render: (_, one) => { const verdict = (one.body.effect_facts as { verdict?: string } | undefined)?.verdict; return verdict ? <Verdict verdict={verdict} /> : ''; } },
  ];
}

/** Measures as a table; those that were reported can be accepted together. */
export function MeasureList() {
  const { t } = useTranslation('measures');
  const { unit, year } = useContextBar();
  const accepts = useRole('operator', 'municipal', 'head');
  const paging = usePaging();
  const [search, setSearch] = useSearchParams();
  const [chosen, setChosen] = useState<Measure[]>([]);
  const sort = search.get('sort') ?? 'due';
  const code = search.get('code');
  const list = $api.useQuery('get', '/measures', {
    params: { query: { unit: unit ?? undefined, year: year ?? undefined, state: search.get('state') ?? undefined, overdue: search.get('overdue') === '1' || undefined, sort: sort as Sort, limit: paging.limit, offset: paging.offset, ...(code ? { member: 'code', value: code } : {}) } },
  });
  const columns = useColumns(sort);
  const sorted: TableProps<Measure>['onChange'] = (_, __, sorter) => setSearch((old) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter;
    const next = new URLSearchParams(old);
    if (one.order) next.set('sort', `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}`); else next.delete('sort');
    return next;
  });
  const filtered = ['state', 'code', 'overdue'].some((key) => search.get(key));
  return (
    <div className="oko-stack">
      {accepts && <BulkActions kind="measure" records={chosen} offer={['accept']} onDone={() => setChosen([])} />}
      <Loaded of={list}>
        {(data) => (data.total === 0 ? <EmptyState why={t(filtered ? 'all.none-fit' : 'all.none')} /> : (
          <DataTable<Measure> name={t('page.all')} columns={columns} dataSource={data.items} total={data.total} paging={paging} onChange={sorted}
            rowSelection={accepts ? { selectedRowKeys: chosen.map((one) => one.id), onChange: (_, rows) => setChosen(rows), getCheckboxProps: (one) => ({ 'aria-label': one.title }) } : undefined} />
        ))}
      </Loaded>
    </div>
  );
}
