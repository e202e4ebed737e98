import '../../styles/admin.css';

import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { $api } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { cutsOf, type Procedure } from './procedures';

function Table({ procedures, search }: { procedures: Procedure[]; search: string }) {
  const { t } = useTranslation('admin');
  const keep = useKeep();
  const format = useFormat();
  const words = search.trim().toLocaleLowerCase();
  const shown = words ? procedures.filter((one) => `${one.code} ${one.title}`.toLocaleLowerCase().includes(words)) : procedures;
  if (shown.length === 0) return <EmptyState why={t('procedures.empty')} next={<p>{t('procedures.empty-next')}</p>} />;
  return (
    <DataTable<Procedure> name={t('page.procedures')} rowKey="code" dataSource={shown} columns={[
      { title: t('procedures.title'), dataIndex: 'title', width: 360, className: 'oko-wrap', sorter: (a, b) => format.compare(a.title, b.title), render: (title: string, one) => <Link to={keep(`/admin/procedures/${one.code}`)}>{title}</Link> },
      { title: t('procedures.code'), dataIndex: 'code', sorter: (a, b) => format.compare(a.code, b.code), defaultSortOrder: 'descend' },
      { title: t('procedures.kind'), dataIndex: 'kind', render: (kind: string) => t(`procedures.kinds.${kind}`, { defaultValue: kind }) },
      { title: t('procedures.date'), dataIndex: 'date', render: (date?: string) => format.date(date) },
      { title: t('procedures.max'), dataIndex: 'max', align: 'right' },
      { title: t('procedures.items'), key: 'items', align: 'right', render: (_, one) => one.items?.length ?? '—' },
      { title: t('procedures.cutoffs'), key: 'cutoffs', render: (_, one) => cutsOf(one).map((cut) => `${cut.mark} ≥ ${cut.from ?? '?'}`).join(' · ') || t('procedures.none') },
    ]} />
  );
}

export default function Procedures() {
  const { t } = useTranslation('admin');
  const { year } = useContextBar();
  const keep = useKeep();
  const navigate = useNavigate();
  const operator = useRole('operator');
  const [search, setSearch] = useState('');
  const procedures = $api.useQuery('get', '/procedures', { params: { query: { limit: 1000, ...(year === null ? {} : { year }) } } });
  return (
    <>
      <PageHead title={t('page.procedures')} what={t('procedures.what')}>
        {operator && <Button type="primary" onClick={() => void navigate(keep('/admin/procedures/new'))}>{t('procedures.add')}</Button>}
      </PageHead>
      <div className="oko-filters"><Input.Search allowClear aria-label={t('procedures.search')} placeholder={t('procedures.search')} value={search} onChange={(event) => setSearch(event.target.value)} /></div>
      <Loaded of={procedures}>{(data) => <Table procedures={data.items} search={search} />}</Loaded>
    </>
  );
}
