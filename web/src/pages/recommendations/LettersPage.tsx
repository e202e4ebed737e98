import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, href, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { BulkActions } from '../../parts/BulkActions';
import { DataTable, usePaging } from '../../parts/DataTable';
import { Due } from '../../parts/Due';
import { EmptyState } from '../../parts/EmptyState';
import { flowOf } from '../../parts/flows';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';
import '../../styles/cases.css';

type Letter = Schemas['Recommendation'];
type Sort = 'updated' | '-updated' | 'due' | '-due' | 'unit' | '-unit' | 'state' | '-state';

function useColumns(sort: string): TableProps<Letter>['columns'] {
  const { t } = useTranslation('recommendations');
  const keep = useKeep();
  const format = useFormat();
  const order = (key: string) => (sort === key ? 'ascend' as const : sort === `-${key}` ? 'descend' as const : null);
  return [
    { title: t('list.subject'), key: 'subject', render: (_, one) => <Link to={keep(`/recommendations/${one.id}`)}>{one.body.subject || one.title || t('list.no-subject')}</Link> },
    { title: t('list.addressee'), key: 'unit', sorter: true, sortOrder: order('unit'), render: (_, one) => one.unit_name || one.unit_code },
    { title: t('list.number'), key: 'number', render: (_, one) => (one.body.number ? <span className="oko-number">{one.body.number}</span> : '') },
    { title: t('list.date'), key: 'date', render: (_, one) => (one.body.date ? format.date(one.body.date) : '') },
    { title: t('list.state'), key: 'state', sorter: true, sortOrder: order('state'), render: (_, one) => <StateTag kind="recommendation" state={one.state} /> },
    { title: t('list.due'), key: 'due', sorter: true, sortOrder: order('due'), render: (_, one) => (one.due ? <Due due={one.due} overdue={one.overdue ?? false} /> : '') },
  ];
}

/** Letters with recommendations: written, agreed, sent, answered. */
export default function LettersPage() {
  const { t } = useTranslation(['recommendations', 'records', 'app']);
  const keep = useKeep();
  const { role } = useMe();
  const { unit, year } = useContextBar();
  const [search, setSearch] = useSearchParams();
  const paging = usePaging();
  const [chosen, setChosen] = useState<Letter[]>([]);
  const sort = search.get('sort') ?? '-updated';
  const change = (key: string, value: string | null | undefined) => setSearch((old) => { const next = new URLSearchParams(old); if (value) next.set(key, value); else next.delete(key); next.delete('page'); return next; });
  const state = search.get('state');
  const overdue = search.get('overdue') === '1';
  const list = $api.useQuery('get', '/recommendations', { params: { query: { unit: unit ?? undefined, year: year ?? undefined, state: state ?? undefined, overdue: overdue || undefined, search: search.get('search') ?? undefined, sort: sort as Sort, limit: paging.limit, offset: paging.offset } } });
  const columns = useColumns(sort);
  const receives = role === 'school' || role === 'municipal';
  const states = flowOf('recommendation').states.filter((one) => !receives || ['sent', 'read', 'answered', 'closed'].includes(one));
  const sorted: TableProps<Letter>['onChange'] = (_, __, sorter) => { const one = Array.isArray(sorter) ? sorter[0] : sorter; change('sort', one.order ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : null); };
  return (
    <>
      <PageHead title={t('page.letters')} what={t(receives ? 'letters.what-receiver' : 'letters.what')}>
        {role === 'operator' && <Link to={keep('/recommendations/new')}><Button type="primary" icon={<PlusOutlined />}>{t('page.new')}</Button></Link>}
      </PageHead>
      <div className="oko-row oko-gap oko-no-print" role="group" aria-label={t('filter.name')}>
        <Select allowClear className="oko-filter" aria-label={t('filter.state')} placeholder={t('filter.any-state')} value={state} onChange={(value: string | undefined) => change('state', value)} options={states.map((value) => ({ value, label: t(`records:recommendation.state.${value}`) }))} />
        <Input.Search className="oko-search" allowClear defaultValue={search.get('search') ?? ''} aria-label={t('filter.search')} placeholder={t('filter.search')} onSearch={(value) => change('search', value)} />
        <Checkbox checked={overdue} onChange={(event) => change('overdue', event.target.checked ? '1' : null)}>{t('filter.overdue')}</Checkbox>
      </div>
      {(role === 'operator' || role === 'head') && <BulkActions kind="recommendation" records={chosen} offer={['submit', 'approve', 'send']} onDone={() => setChosen([])} />}
      {!receives && chosen.length > 0 && <p><Button icon={<DownloadOutlined />} href={href('/recommendations/letters', { ids: chosen.slice(0, 200).map((one) => one.id).join(',') })} download>{t('letters.zip', { count: chosen.length })}</Button></p>}
      <Loaded of={list}>
        {(data) => (data.total === 0
          ? <EmptyState why={state || overdue || search.get('search') ? t('letters.none-fit') : t(receives ? 'letters.none-receiver' : 'letters.none')} next={!receives && <Link to={keep('/cases')}>{t('letters.to-cases')}</Link>} />
          : <DataTable<Letter> name={t('page.letters')} columns={columns} dataSource={data.items} total={data.total} paging={paging} onChange={sorted}
              rowSelection={receives ? undefined : { selectedRowKeys: chosen.map((one) => one.id), onChange: (_, rows) => setChosen(rows), getCheckboxProps: (one) => ({ 'aria-label': one.title }) }} />)}
      </Loaded>
    </>
  );
}
