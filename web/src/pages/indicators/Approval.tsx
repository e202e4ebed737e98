import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RecordActions } from '../../parts/RecordActions';
import { ActAll } from './ActAll';
import { useAim, useTitle, type Indicator } from './data';
import '../../styles/indicators.css';

function Waiting({ items }: { items: Indicator[] }) {
  const { t } = useTranslation(['indicators']);
  const title = useTitle();
  const aim = useAim();
  const keep = useKeep();
  const years = [...new Set(items.map((one) => one.year))];
  if (items.length === 0) return <EmptyState why={t('approval.none')} />;
  return (
    <>
      {years.map((year) => <div key={year} className="oko-gap"><ActAll items={items.filter((one) => one.year === year)} action="approve" year={year} /></div>)}
      <DataTable<Indicator>
        name={t('approval.indicators')} dataSource={items}
        columns={[
          { title: t('column.title'), key: 'title', width: 320, render: (_, one) => <Link to={keep(`/indicators/${one.id}`)}>{title(one)}</Link> },
          { title: t('column.year'), dataIndex: 'year', width: 80 },
          { title: t('column.formula'), key: 'formula', width: 280, render: (_, one) => <code className="oko-break">{one.body.formula}</code> },
          { title: t('column.aim'), key: 'aim', width: 200, render: (_, one) => aim(one.body, one.body.unit) },
          { title: t('column.action'), key: 'act', width: 280, render: (_, one) => <RecordActions kind="indicator" record={one as never} /> },
        ]}
      />
    </>
  );
}

function Campaigns({ items }: { items: Schemas['Campaign'][] }) {
  const { t } = useTranslation(['indicators']);
  const format = useFormat();
  if (items.length === 0) return <EmptyState why={t('approval.no-campaigns')} />;
  return (
    <DataTable<Schemas['Campaign']>
      name={t('approval.campaigns')} dataSource={items}
      columns={[
        { title: t('approval.campaign'), key: 'title', render: (_, one) => <Link to={`/monitoring/campaigns/${one.id}`}>{one.title}</Link> },
        { title: t('column.year'), dataIndex: 'year', width: 80 },
        { title: t('approval.closed'), key: 'closed', render: (_, one) => format.time(one.updated) },
        { title: t('column.action'), key: 'act', render: (_, one) => <RecordActions kind="campaign" record={one as never} hide={['reopen']} /> },
      ]}
    />
  );
}

/** What waits for the head's decision: indicators handed in, campaigns to be published. */
export default function Approval() {
  const { t } = useTranslation(['indicators']);
  const decides = useRole('head');
  const indicators = $api.useQuery('get', '/indicators', { params: { query: { state: 'review', limit: 50 } } });
  const campaigns = $api.useQuery('get', '/campaigns', { params: { query: { state: 'closed', limit: 50 } } });
  return (
    <>
      <PageHead title={t('page.approval')} what={t(decides ? 'approval.what' : 'approval.what-operator')} />
      <section className="oko-group" aria-label={t('approval.indicators')}><h2>{t('approval.indicators')}</h2><Loaded of={indicators}>{(data) => <Waiting items={data.items} />}</Loaded></section>
      <section className="oko-group" aria-label={t('approval.campaigns')}><h2>{t('approval.campaigns')}</h2><Loaded of={campaigns}>{(data) => <Campaigns items={data.items} />}</Loaded></section>
    </>
  );
}
