import { Input, Select, type TableProps } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { FAMILIES } from './overview';
import { usePart } from './usePart';

type School = Schemas['SchoolSigns'];
type Sort = 'code' | '-code' | 'name' | '-name' | 'works' | '-works' | 'evidence' | '-evidence';
type Level = 'attention' | 'signs' | 'strong';
const WIDTH = { x: 880 };
const SORTS = ['code', 'name', 'works', 'evidence'];

function Filters({ level, setLevel, family, setFamily, typed, setTyped }: {
  level: string | null; setLevel: (value: string | null) => void; family: string | null; setFamily: (value: string | null) => void; typed: string; setTyped: (value: string) => void;
}) {
  const { t } = useTranslation(['region', 'evidence']);
  return (
    <div className="oko-row oko-gap oko-no-print">
      <Input.Search allowClear className="oko-search" aria-label={t('filter.search')} placeholder={t('filter.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <Select className="oko-filter" allowClear aria-label={t('filter.evidence')} placeholder={t('filter.evidence')} value={level} onChange={(value?: string) => setLevel(value ?? null)}
        options={(['attention', 'signs', 'strong'] as const).map((value) => ({ value, label: t('filter.from', { level: t(`evidence:level.${value}`) }) }))} />
      <Select className="oko-filter" allowClear aria-label={t('filter.family')} placeholder={t('filter.family')} value={family} onChange={(value?: string) => setFamily(value ?? null)}
        options={FAMILIES.map((value) => ({ value, label: t(`evidence:family.${value}`) }))} />
    </div>
  );
}

/** The same object while nothing of it changes: then a letter in the search does not draw fifty rows anew. */
function useColumns(sort: string | null, withMunicipality: boolean): TableProps<School>['columns'] {
  const { t } = useTranslation(['region', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  return useMemo(() => {
    const order = (key: string) => ({ sorter: true, sortOrder: sort === key || (!sort && key === 'code') ? 'ascend' as const : sort === `-${key}` ? 'descend' as const : null });
    return [
      { title: t('code'), key: 'code', dataIndex: 'code', ...order('code') },
      { title: t('school'), key: 'name', ...order('name'), render: (_, one) => <Link to={keep(`/analysis/schools/${one.unit}`)}>{one.name}</Link> },
      ...(withMunicipality ? [{ title: t('town'), key: 'municipality', dataIndex: 'municipality' }] : []),
      { title: t('evidence-column'), key: 'evidence', ...order('evidence'), render: (_, one) => <EvidenceTag level={one.evidence} /> },
      { title: t('families-column'), key: 'families', render: (_, one) => one.families.map((name) => t(`evidence:family.${name}`)).join(', ') || '—' },
      { title: t('procedures-column'), key: 'marked', align: 'right', render: (_, one) => t('of', { part: format.number(one.marked), all: format.number(one.procedures) }) },
      { title: t('works'), key: 'works', align: 'right', ...order('works'), render: (_, one) => format.number(one.works) },
    ];
  }, [t, format, keep, sort, withMunicipality]);
}

/** Schools of a unit, fifty at a time, sorted and filtered by the server: it answers in a few milliseconds, so every letter asks. */
export function SchoolTable({ unit, withMunicipality = false }: { unit: number | null; withMunicipality?: boolean }) {
  const { t } = useTranslation(['region', 'evidence']);
  const { year, procedure } = useContextBar();
  const paging = usePaging();
  const [level, setLevel] = usePart('evidence');
  const [family, setFamily] = usePart('family');
  const [sort, setSort] = usePart('sort');
  const [search, setSearch] = usePart('search');
  const [typed, setTyped] = useState(search ?? '');
  const words = typed.trim();
  useEffect(() => { if (words !== (search ?? '')) setSearch(words || null); }, [words]); // eslint-disable-line react-hooks/exhaustive-deps
  const asked = $api.useQuery('get', '/signs/schools', { params: { query: {
    limit: paging.limit, offset: paging.offset,
    ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }), ...(procedure === null ? {} : { procedure }),
    ...(level ? { evidence: level as Level } : {}), ...(family ? { family: family as (typeof FAMILIES)[number] } : {}),
    ...(search ? { search } : {}), ...(sort ? { sort: sort as Sort } : {}),
  } } }, { placeholderData: keepPreviousData });
  const columns = useColumns(sort, withMunicipality);
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
            name={t('school-table.title')} rowKey="unit" scroll={WIDTH} dataSource={data.items} total={data.total} paging={paging} onChange={sorted} loading={{ spinning: asked.isPlaceholderData, delay: 300 }}
            locale={{ emptyText: t('school-table.empty') }}
            columns={columns}
          />
        )}
      </Loaded>
    </>
  );
}
