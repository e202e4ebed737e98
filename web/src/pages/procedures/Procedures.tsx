import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';

type Row = Schemas['ProcedureLoaded'];

function Table({ rows }: { rows: Row[] }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const keep = useKeep();
  return (
    <DataTable<Row>
      scroll={{ x: 820 }}
      name={t('list.title')}
      rowKey="code"
      dataSource={rows}
      columns={[
        { title: t('list.procedure'), key: 'title', sorter: (a, b) => format.compare(a.title, b.title), render: (_, one) => <><Link to={keep(`/procedures/${one.code}`, { procedure: null, year: null })}>{one.title}</Link><div className="oko-quiet">{one.code}</div></> },
        { title: t('list.year'), key: 'year', align: 'right', defaultSortOrder: 'descend', sorter: (a, b) => a.year - b.year, render: (_, one) => one.year },
        { title: t('list.max'), key: 'max', align: 'right', render: (_, one) => one.max },
        { title: t('list.items'), key: 'items', align: 'right', render: (_, one) => (one.items > 0 ? one.items : t('list.only-totals')) },
        { title: t('list.cutoffs'), key: 'cutoffs', render: (_, one) => t(one.cutoffs ? 'list.known' : 'list.unknown') },
        { title: t('list.schools'), key: 'schools', align: 'right', sorter: (a, b) => a.schools - b.schools, render: (_, one) => format.number(one.schools, 0) },
        { title: t('list.works'), key: 'works', align: 'right', sorter: (a, b) => a.works - b.works, render: (_, one) => format.number(one.works, 0) },
        { title: t('list.absent'), key: 'absent', align: 'right', render: (_, one) => (one.works > 0 ? format.number(one.absent, 0) : '—') },
      ]}
    />
  );
}

/** All procedures that the program knows, with what is loaded of them in the chosen unit. */
export default function Procedures() {
  const { t } = useTranslation('procedures');
  const { unit, year } = useContextBar();
  const [search, setSearch] = useSearchParams();
  const all = search.get('all') === '1';
  const asked = $api.useQuery('get', '/procedures/overview', { params: { query: { ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }) } } });
  const toggle = (on: boolean) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (on) next.set('all', '1'); else next.delete('all');
    return next;
  });
  return (
    <>
      <PageHead title={t('list.title')} what={t('list.what')} />
      <label className="oko-row oko-gap"><Switch checked={all} onChange={toggle} aria-label={t('list.all')} /> {t('list.all')}</label>
      <Loaded of={asked} rows={8}>
        {(data) => {
          const rows = all ? data.items : data.items.filter((one) => one.works > 0);
          return rows.length === 0 ? <EmptyState why={t('list.none')} next={<Link to="/data">{t('list.load')}</Link>} /> : <Table rows={rows} />;
        }}
      </Loaded>
    </>
  );
}
