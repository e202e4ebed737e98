import { keepPreviousData } from '@tanstack/react-query';
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Select, Tabs, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, href, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import '../../styles/chart.css';
import '../../styles/region.css';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { FAMILIES } from './overview';
import { SchoolTable } from './SchoolTable';
import { usePart } from './usePart';

type Sign = Schemas['Sign'];
type Query = { level?: 'school' | 'class' | 'municipality' | 'region'; evidence?: 'attention' | 'signs' | 'strong'; family?: (typeof FAMILIES)[number]; sort?: 'unit' | '-unit' | 'procedure' | '-procedure' | 'n' | '-n' | 'p' | '-p' | 'q' | '-q' | 'effect' | '-effect' | 'evidence' | '-evidence'; unit?: number; year?: number; procedure?: string };
const SORTS = ['unit', 'procedure', 'n', 'q', 'effect', 'evidence'];

/** What of the list is wanted: context and filters, all kept in the address. */
function useQuery() {
  const { unit, year, procedure } = useContextBar();
  const [level, setLevel] = usePart('level');
  const [evidence, setEvidence] = usePart('evidence');
  const [family, setFamily] = usePart('family');
  const [sort, setSort] = usePart('sort');
  const query: Query = {
    level: (level ?? 'school') as Query['level'], sort: (sort ?? 'unit') as Query['sort'],
    ...(evidence === 'all' ? {} : { evidence: (evidence ?? 'attention') as Query['evidence'] }), ...(family ? { family: family as Query['family'] } : {}),
    ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }), ...(procedure === null ? {} : { procedure }),
  };
  return { query, setLevel, evidence: evidence ?? 'attention', setEvidence, family, setFamily, sort: sort ?? 'unit', setSort };
}

function Filters({ of }: { of: ReturnType<typeof useQuery> }) {
  const { t } = useTranslation(['region', 'evidence', 'app']);
  return (
    <div className="oko-row oko-gap oko-no-print">
      <Select className="oko-filter" aria-label={t('filter.level')} value={of.query.level} onChange={(value) => of.setLevel(value === 'school' ? null : value ?? null)}
        options={(['school', 'class', 'municipality', 'region'] as const).map((value) => ({ value, label: t(`signs.level.${value}`) }))} />
      <Select className="oko-filter" aria-label={t('filter.evidence')} value={of.evidence} onChange={(value) => of.setEvidence(value === 'attention' ? null : value)}
        options={[...(['attention', 'signs', 'strong'] as const).map((value) => ({ value, label: t('filter.from', { level: t(`evidence:level.${value}`) }) })), { value: 'all', label: t('filter.any-evidence') }]} />
      <Select className="oko-filter" allowClear aria-label={t('filter.family')} placeholder={t('filter.family')} value={of.family} onChange={(value?: string) => of.setFamily(value ?? null)}
        options={FAMILIES.map((value) => ({ value, label: t(`evidence:family.${value}`) }))} />
      <a href={href('/signs/file', of.query)} download><Button icon={<DownloadOutlined />}>{t('signs.download')}</Button></a>
    </div>
  );
}

function useTitles(): (code: string) => string {
  const { data } = $api.useQuery('get', '/procedures', { params: { query: { limit: 500 } } });
  const titles = new Map(data?.items.map((one) => [one.code, one.title]));
  return (code) => titles.get(code) ?? code;
}

function useColumns(sort: string): NonNullable<TableProps<Sign>['columns']> {
  const { t } = useTranslation(['region', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  const titles = useTitles();
  const order = (key: string) => ({ sorter: true, sortOrder: sort === key ? 'ascend' as const : sort === `-${key}` ? 'descend' as const : null });
  const to = (row: Sign) => keep(row.level === 'municipality' ? `/analysis/municipalities/${row.unit}` : row.level === 'region' ? '/analysis' : `/analysis/schools/${row.unit}`, { unit: null });
  return [
    { title: t('unit'), key: 'unit', ...order('unit'), render: (_, row) => <><Link to={to(row)}>{row.unit_name}</Link>{row.class !== null && <> · {t('signs.class', { name: row.class })}</>}<div className="oko-quiet">{row.unit_code}{row.municipality && row.level !== 'municipality' ? ` · ${row.municipality}` : ''}</div></> },
    { title: t('procedure'), key: 'procedure', ...order('procedure'), render: (_, row) => titles(row.procedure) },
    { title: t('evidence-column'), key: 'evidence', ...order('evidence'), render: (_, row) => <EvidenceTag level={row.evidence} /> },
    { title: t('signs.family'), key: 'family', render: (_, row) => (row.family ? t(`evidence:family.${row.family}`) : '—') },
    { title: t('works'), key: 'n', align: 'right', ...order('n'), render: (_, row) => format.number(row.n) },
    { title: t('signs.effect'), key: 'effect', align: 'right', ...order('effect'), render: (_, row) => (row.effect === null ? '—' : <span className="oko-number">{format.number(row.effect)} <span className="oko-quiet">{t('range', { lo: format.number(row.effect_lo), hi: format.number(row.effect_hi) })}</span></span>) },
    { title: <abbr title={t('signs.q-what')}>q</abbr>, key: 'q', align: 'right', ...order('q'), render: (_, row) => format.p(row.q) },
    { title: t('signs.reliability'), key: 'reliability', render: (_, row) => t(`evidence:reliability.${row.reliability}`) },
  ];
}

function List() {
  const { t } = useTranslation(['region', 'evidence']);
  const of = useQuery();
  const paging = usePaging();
  const asked = $api.useQuery('get', '/signs', { params: { query: { ...of.query, limit: paging.limit, offset: paging.offset } } }, { placeholderData: keepPreviousData });
  const columns = useColumns(of.sort);
  const sorted: TableProps<Sign>['onChange'] = (_pages, _filters, sorter) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter;
    of.setSort(one?.order && SORTS.includes(String(one.columnKey)) ? `${one.order === 'descend' ? '-' : ''}${one.columnKey}` : null);
  };
  return (
    <>
      <Filters of={of} />
      <Loaded of={asked} rows={8}>
        {(data) => (
          <>
            <div className="oko-row"><p role="status" className="oko-quiet">{t('signs.found', { count: data.total })}</p><HowMade what={t('signs.how')} run={data.run} /></div>
            <DataTable<Sign> name={t('page.signs')} scroll={{ x: 1000 }} rowKey={(row) => `${row.unit}/${row.procedure}/${row.class_key ?? '*'}`} dataSource={data.items} total={data.total} paging={paging} onChange={sorted} loading={asked.isPlaceholderData} locale={{ emptyText: t('signs.empty') }} columns={columns} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Lists of signs: by school, or by school and procedure. */
export default function Signs() {
  const { t } = useTranslation('region');
  const { unit } = useContextBar();
  const [view, setView] = usePart('view');
  return (
    <>
      <PageHead title={t('page.signs')} what={t('signs.what')} />
      <Tabs activeKey={view ?? 'schools'} onChange={(key) => setView(key === 'schools' ? null : key)} destroyOnHidden items={[
        { key: 'schools', label: t('signs.by-school'), children: <SchoolTable unit={unit} withMunicipality /> },
        { key: 'rows', label: t('signs.by-procedure'), children: <List /> },
      ]} />
    </>
  );
}
