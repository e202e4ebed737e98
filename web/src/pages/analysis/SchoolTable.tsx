import { Input, Select, type TableProps } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { FAMILIES } from './overview';
import { usePart } from './usePart';

type School = Schemas['SchoolSigns'];
type Sort = 'code' | '-code' | 'name' | '-name' | 'works' | '-works' | 'evidence' | '-evidence';
type Level = 'attention' | 'signs' | 'strong';
const SORTS = ['code', 'name', 'works', 'evidence'];

function Filters({ level, setLevel, family, setFamily, typed, setTyped }: {
  level: string | null; setLevel: (value: string | null) => void; family: string | null; setFamily: (value: string | null) => void; typed: string; setTyped: (value: string) => void;
}) {
  const { t } = useTranslation(['region', 'evidence']);
  return (
    <div className="oko-row oko-gap oko-no-print">
      <Input.Search allowClear className="oko-filter" aria-label={t('filter.search')} placeholder={t('filter.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <Select className="oko-filter" allowClear aria-label={t('filter.evidence')} placeholder={t('filter.evidence')} value={level} onChange={(value?: string) => setLevel(value ?? null)}
        options={(['attention', 'signs', 'strong'] as const).map((value) => ({ value, label: t('filter.from', { level: t(`evidence:level.${value}`) }) }))} />
      <Select className="oko-filter" allowClear aria-label={t('filter.family')} placeholder={t('filter.family')} value={family} onChange={(value?: string) => setFamily(value ?? null)}
        options={FAMILIES.map((value) => ({ value, label: t(`evidence:family.${value}`) }))} />
    </div>
  );
}

/** Schools of a unit, fifty at a time, sorted and filtered by the server. */
export function SchoolTable({ unit, withMunicipality = false }: { unit: number | null; withMunicipality?: boolean }) {
  const { t } = useTranslation(['region', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  const { year, procedure } = useContextBar();
  const paging = usePaging();
  const [level, setLevel] = usePart('evidence');
  const [family, setFamily] = usePart('family');
  const [sort, setSort] = usePart('sort');
  const [search, setSearch] = usePart('search');
  const [typed, setTyped] = useState(search ?? '');
  const late = useLater(typed.trim(), 200);
  useEffect(() => { if (late !== (search ?? '')) setSearch(late || null); }, [late]); // eslint-disable-line react-hooks/exhaustive-deps
  const asked = $api.useQuery('get', '/signs/schools', { params: { query: {
    limit: paging.limit, offset: paging.offset,
    ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }), ...(procedure === null ? {} : { procedure }),
    ...(level ? { evidence: level as Level } : {}), ...(family ? { family: family as (typeof FAMILIES)[number] } : {}),
    ...(search ? { search } : {}), ...(sort ? { sort: sort as Sort } : {}),
  } } }, { placeholderData: keepPreviousData });
  const order = (key: string) => (sort === key || (!sort && key === 'code') ? 'ascend' as const : sort === `-${key}` ? 'descend' as const : null);
  const sorted: TableProps<School>['onChange'] = (_pages, _filters, sorter) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter;
    setSort(one?.order && SORTS.includes(String(one.columnKey)) ? `${one.order === 'descend' ? '-' : ''}${one.columnKey}` : null);
  };
  return (
    <>
      <Filters {...{ level, setLevel, family, setFamily, typed, setTyped }} />
      <Loaded of={asked} rows={6}>
        {(data) => (
          <DataTable<School>
            name={t('school-table.title')} rowKey="unit" scroll={{ x: 880 }} dataSource={data.items} total={data.total} paging={paging} onChange={sorted} loading={asked.isPlaceholderData}
            locale={{ emptyText: t('school-table.empty') }}
            columns={[
              { title: t('code'), key: 'code', dataIndex: 'code', sorter: true, sortOrder: order('code') },
              { title: t('school'), key: 'name', sorter: true, sortOrder: order('name'), render: (_, one) => <Link to={keep(`/analysis/schools/${one.unit}`)}>{one.name}</Link> },
              ...(withMunicipality ? [{ title: t('town'), key: 'municipality', dataIndex: 'municipality' }] : []),
              { title: t('evidence-column'), key: 'evidence', sorter: true, sortOrder: order('evidence'), render: (_, one) => <EvidenceTag level={one.evidence} /> },
              { title: t('families-column'), key: 'families', render: (_, one) => one.families.map((name) => t(`evidence:family.${name}`)).join(', ') || '—' },
              { title: t('procedures-column'), key: 'marked', align: 'right', render: (_, one) => t('of', { part: format.number(one.marked), all: format.number(one.procedures) }) },
              { title: t('works'), key: 'works', align: 'right', sorter: true, sortOrder: order('works'), render: (_, one) => format.number(one.works) },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
