import { TableOutlined } from '@ant-design/icons';
import { Alert, Button, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { $api } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { useFormat } from '../../parts/format';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RecordActions } from '../../parts/RecordActions';
import { useRecord, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import { Compute } from '../indicators/Compute';
import { About } from './About';
import { ByMunicipality } from './ByMunicipality';
import { stagesOf, type Campaign, type Stage } from './data';
import { Deadline } from './Deadline';
import { FormList } from './FormList';
import { Remind } from './Remind';
import { StageFilter } from './Stages';
import '../../styles/indicators.css';

function Board({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['monitoring']);
  const board = $api.useQuery('get', '/campaigns/{id}/board', { params: { path: { id: campaign.id } } });
  const { unit, change } = useContextBar();
  const [stage, setStage] = useState<Stage | null>(null);
  return (
    <Loaded of={board}>
      {(data) => (
        <>
          <StageFilter counts={stagesOf(data)} total={data.total} chosen={stage} onChoose={setStage} />
          {data.units.length > 1 && <ByMunicipality rows={data.units} onOpen={(id) => change({ unit: id })} chosen={unit} />}
          <FormList campaign={campaign} stage={stage} heading={t('list.title')} />
        </>
      )}
    </Loaded>
  );
}

function Details({ campaign }: { campaign: Campaign & Head }) {
  const { t } = useTranslation(['monitoring']);
  return (
    <div className="oko-columns">
      <About campaign={campaign} />
      <section className="oko-panel" aria-label={t('form.way')}><h2>{t('form.way')}</h2><Steps kind="campaign" record={campaign as Head<object>} /></section>
    </div>
  );
}

/** A campaign: what it asks, how far the forms are and whom they wait for; it is opened, closed and published here. */
export default function CampaignPage() {
  const { t } = useTranslation(['monitoring', 'records', 'app']);
  const id = Number(useParams().id);
  const record = useRecord<Campaign & Head>('campaign', id);
  const fills = useRole('operator', 'municipal');
  const keep = useKeep();
  const format = useFormat();
  return (
    <Loaded of={record}>
      {(campaign) => (
        <>
          <PageHead title={campaign.title ?? ''} crumbs={[{ title: t('page.campaigns'), to: '/monitoring' }, { title: campaign.title ?? '' }]}
            what={<span className="oko-row"><StateTag kind="campaign" state={campaign.state} /> {t('campaign.until', { date: format.date(campaign.body.deadline) })}</span>}>
            <RecordActions kind="campaign" record={campaign} />
            {campaign.state === 'open' && <Remind id={id} />}
            {(campaign.state === 'open' || campaign.state === 'closed') && <Compute year={campaign.year ?? campaign.body.year ?? 0} campaign={id} />}
            {fills && campaign.state === 'open' && <Link to={keep(`/monitoring/campaigns/${id}/table`)}><Button icon={<TableOutlined />} tabIndex={-1}>{t('campaign.table')}</Button></Link>}
            {campaign.editable && <Deadline campaign={campaign} />}
            <HistoryDrawer kind="campaign" id={id} />
          </PageHead>
          {campaign.state === 'draft' && <Alert type="info" showIcon className="oko-gap" title={t('campaign.draft')} />}
          {campaign.state === 'closed' && <Alert type="info" showIcon className="oko-gap" title={t('campaign.closed')} />}
          {campaign.state === 'draft' ? <Details campaign={campaign} /> : (
            <Tabs items={[
              { key: 'board', label: t('tab.board'), children: <Board campaign={campaign} /> },
              { key: 'about', label: t('tab.about'), children: <Details campaign={campaign} /> },
            ]} />
          )}
        </>
      )}
    </Loaded>
  );
}
