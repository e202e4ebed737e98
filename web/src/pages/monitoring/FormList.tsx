import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useRole } from '../../app/session';
import { BulkActions } from '../../parts/BulkActions';
import { DataTable, PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import type { Head } from '../../parts/records';
import type { Campaign, CampaignForm, Stage } from './data';
import { StageTag } from './Stages';

const TOGETHER = ['verify', 'accept', 'accept-municipal'] as const;

const recordOf = (form: CampaignForm): Head<object> => ({ id: form.form, kind: 'form', unit: form.unit, state: form.stage, version: form.version, actions: form.actions, title: form.unit_name, body: {} });

/** Forms of the campaign within the unit of the address and the chosen stage. */
export function FormList({ campaign, stage, heading }: { campaign: Campaign; stage: Stage | null; heading: string }) {
  const { t } = useTranslation(['monitoring', 'app']);
  const { unit } = useContextBar();
  const decides = useRole('operator', 'municipal');
  const format = useFormat();
  const paging = usePaging();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<CampaignForm[]>([]);
  const search = useLater(typed.trim(), 300);
  const query = { ...(unit === null ? {} : { unit }), ...(stage ? { stage } : {}), ...(search ? { search } : {}), limit: PAGE_SIZE, offset: paging.offset };
  const list = $api.useQuery('get', '/campaigns/{id}/forms', { params: { path: { id: campaign.id }, query } }, { placeholderData: (last: Schemas['CampaignFormList'] | undefined) => last });
  return (
    <section aria-label={heading}>
      <div className="oko-row oko-gap"><h2 className="oko-h2">{heading}</h2><Input.Search allowClear aria-label={t('list.search')} placeholder={t('list.search')} value={typed} onChange={(event) => { setTyped(event.target.value); paging.turn(1); }} className="oko-search" /></div>
      {decides && chosen.length > 0 && <div className="oko-gap"><BulkActions kind="form" records={chosen.map(recordOf)} offer={TOGETHER} onDone={() => setChosen([])} /></div>}
      <Loaded of={list}>
        {(data) => (data.total === 0 ? <EmptyState why={t(search || stage ? 'list.not-found' : 'list.empty')} /> : (
          <DataTable<CampaignForm>
            name={heading} rowKey="form" dataSource={data.items} total={data.total} paging={paging}
            rowSelection={decides && campaign.state !== 'published' ? { selectedRowKeys: chosen.map((one) => one.form), onChange: (_, rows) => setChosen(rows), getCheckboxProps: (one) => ({ disabled: !TOGETHER.some((name) => one.actions.includes(name)), 'aria-label': t('list.choose', { name: one.unit_name }) } as object) } : undefined}
            columns={[
              { title: t('column.unit'), key: 'unit', width: 300, render: (_, one) => <><Link to={`/monitoring/forms/${one.form}`}>{one.unit_name}</Link><div className="oko-quiet">{one.level === 'school' ? `${one.unit_code} · ${one.parent_name}` : t(`app:level.${one.level}`)}</div></> },
              { title: t('column.state'), key: 'stage', width: 190, render: (_, one) => <><StageTag stage={one.stage} />{one.late && <StageTag stage="late" />}</> },
              { title: t('column.filled'), key: 'filled', align: 'right', width: 110, render: (_, one) => t('list.filled', { filled: one.filled, total: one.fields.length }) },
              { title: t('column.deadline'), key: 'due', width: 170, render: (_, one) => (one.due ? format.date(one.due) : <span className="oko-quiet">—</span>) },
              { title: t('column.updated'), key: 'updated', width: 180, render: (_, one) => format.time(one.updated) },
            ]}
          />
        ))}
      </Loaded>
    </section>
  );
}
