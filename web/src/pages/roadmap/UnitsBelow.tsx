import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { Due } from '../../parts/Due';
import { useLater } from '../../parts/later';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { StateTag } from '../../parts/StateTag';
import { LEVELS, type Level, type Row } from './table';

type Line = Schemas['RoadmapUnits']['items'][number];
const STATES = ['planned', 'in-progress', 'done', 'not-applicable'] as const;

/** The same row at every municipality and school below, page by page. */
export function UnitsBelow({ code, row, unit, levels }: { code: string; row: Row; unit: number; levels: Level[] }) {
  const { t } = useTranslation(['roadmap', 'records', 'app']);
  const keep = useKeep();
  const [search, setSearch] = useSearchParams();
  const paging = usePaging();
  const [typed, setTyped] = useState('');
  const words = useLater(typed.trim(), 300);
  const order = LEVELS.filter((one) => levels.includes(one));
  const level = (order.find((one) => one === search.get('level')) ?? order[0]) as 'municipality' | 'school';
  const state = STATES.find((one) => one === search.get('state'));
  const set = (key: string, value: string | undefined) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (value) next.set(key, value); else next.delete(key);
    next.delete('page');
    return next;
  });
  const asked = $api.useQuery('get', '/roadmap-tables/{code}/units', { params: { path: { code }, query: { no: row.no, unit, level, limit: paging.limit, offset: paging.offset, ...(state ? { state } : {}), ...(words ? { search: words } : {}) } } },
    { placeholderData: (old) => old });
  const below = row.below[level];
  return (
    <section aria-labelledby="below" style={{ marginTop: 24 }}>
      <h2 id="below" className="oko-h">{t('roadmap:units.title')}</h2>
      <div className="oko-row oko-gap" style={{ marginTop: 12 }}>
        {order.length > 1 && <Segmented<string> value={level} onChange={(value) => set('level', value)} aria-label={t('roadmap:units.level')} options={order.map((value) => ({ value, label: t(`roadmap:units.${value}`) }))} />}
        <Select allowClear placeholder={t('roadmap:units.any-state')} aria-label={t('roadmap:units.state')} value={state} onChange={(value?: string) => set('state', value)} style={{ minWidth: 190 }}
          options={STATES.map((value) => ({ value, label: `${t(`records:roadmap-row.state.${value}`)} · ${below?.states[value] ?? 0}` }))} />
        <Input.Search allowClear value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('roadmap:units.search')} aria-label={t('roadmap:units.search')} className="oko-search" />
      </div>
      <ProblemAlert error={asked.error} onRetry={() => void asked.refetch()} />
      <DataTable<Line> name={t('roadmap:units.title')} rowKey={(line) => line.unit.id} loading={asked.isFetching && !asked.data} dataSource={asked.data?.items ?? []} total={asked.data?.total} paging={paging}
        locale={{ emptyText: t('roadmap:units.none') }}
        columns={[
          { title: t(`roadmap:units.${level}`), key: 'unit', render: (_, line) => <Link to={keep(`/roadmap/table/${code}`, { no: row.no, unit: line.unit.id })}>{line.unit.name}{line.unit.name !== line.unit.code && <span className="oko-quiet"> · {line.unit.code}</span>}</Link> },
          { title: t('roadmap:units.state'), key: 'state', render: (_, line) => <StateTag kind="roadmap-row" state={line.state} /> },
          { title: t('roadmap:units.due'), key: 'due', render: (_, line) => (line.state === 'done' || line.state === 'not-applicable' ? '' : <Due due={line.due ?? ''} overdue={line.overdue ?? false} />) },
          { title: t('roadmap:units.evidence'), dataIndex: 'evidence', align: 'end', className: 'oko-number' },
          { title: t('roadmap:units.summary'), dataIndex: 'summary' },
        ]} />
    </section>
  );
}
