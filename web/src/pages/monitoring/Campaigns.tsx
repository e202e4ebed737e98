import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { DataTable, PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';
import { stagesOf, type Campaign } from './data';
import { StageBar } from './Stages';

/** How far the forms of a campaign are; asked only for campaigns that have forms. */
function Progress({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['monitoring']);
  const board = $api.useQuery('get', '/campaigns/{id}/board', { params: { path: { id: campaign.id } } }, { enabled: campaign.state !== 'draft' });
  if (campaign.state === 'draft') return <span className="oko-quiet">{t('campaigns.no-forms')}</span>;
  if (!board.data) return null;
  const counts = stagesOf(board.data);
  return (
    <>
      <StageBar counts={counts} total={board.data.total} />
      <div className="oko-quiet">{t('campaigns.accepted', { accepted: counts.accepted, total: board.data.total })}{counts.late > 0 && ` · ${t('campaigns.late', { count: counts.late })}`}</div>
    </>
  );
}

export default function Campaigns() {
  const { t } = useTranslation(['monitoring', 'app']);
  const { year } = useContextBar();
  const paging = usePaging();
  const keep = useKeep();
  const format = useFormat();
  const makes = useRole('operator');
  const list = $api.useQuery('get', '/campaigns', { params: { query: { ...(year === null ? {} : { year }), sort: '-year', limit: PAGE_SIZE, offset: paging.offset } } });
  const add = makes && <Link to="/monitoring/campaigns/new"><Button type="primary">{t('campaigns.new')}</Button></Link>;
  return (
    <>
      <PageHead title={t('campaigns.title')} what={t('campaigns.what')}>{add}</PageHead>
      <Loaded of={list}>
        {(data) => (data.items.length === 0 ? <EmptyState why={t(year === null ? 'campaigns.empty' : 'campaigns.empty-year')} next={add} /> : (
          <DataTable<Campaign>
            name={t('campaigns.title')} dataSource={data.items} total={data.total} paging={paging}
            columns={[
              { title: t('column.campaign'), key: 'title', width: 320, render: (_, one) => <Link to={keep(`/monitoring/campaigns/${one.id}`)}>{one.title}</Link> },
              { title: t('column.year'), dataIndex: 'year', width: 80 },
              { title: t('column.state'), key: 'state', width: 160, render: (_, one) => <StateTag kind="campaign" state={one.state} /> },
              { title: t('column.deadline'), key: 'deadline', width: 180, render: (_, one) => format.date(one.body.deadline) },
              { title: t('column.forms'), key: 'forms', width: 300, render: (_, one) => <Progress campaign={one} /> },
            ]}
          />
        ))}
      </Loaded>
    </>
  );
}
