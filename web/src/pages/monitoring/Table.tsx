import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useRecord, type Head } from '../../parts/records';
import { useFields, type Campaign, type CampaignForm, type Field, type Values } from './data';
import { Grid } from './Grid';
import { PasteIntoTable } from './PasteIntoTable';
import { SaveBar } from './SaveBar';
import { useTable } from './useTable';
import '../../styles/indicators.css';
import '../../styles/monitoring.css';

interface Pasted { text: string; start: { row: number; column: number } }

function Sheet({ campaign, data, fields, paging, reread }: { campaign: Campaign; data: Schemas['CampaignFormList']; fields: Field[]; paging: { page: number; turn: (page: number) => void }; reread: () => Promise<unknown> }) {
  const { t } = useTranslation(['monitoring']);
  const { words } = useFields();
  const filled = useTable(campaign.id, data.items, fields, reread);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const tell = useTellFailure();
  const download = async () => {
    const shown = (form: CampaignForm, field: Field) => { const value = (form.values as Values)[field.code]; return typeof value === 'boolean' ? t(`answer.${value ? 'yes' : 'no'}`) : value ?? null; };
    try {
      const files = await import('../../parts/chart/files');
      await files.keepWorkbook(campaign.title ?? t('page.table'), {
        columns: [{ title: t('column.code') }, { title: t('column.unit') }, ...fields.map((field) => ({ title: words(field).title }))],
        rows: data.items.map((form) => [form.unit_code, form.unit_name, ...fields.map((field) => shown(form, field))]),
      });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <>
      <div className="oko-row oko-gap oko-no-print">
        <Button type="primary" icon={<CopyOutlined />} onClick={() => setPasted({ text: '', start: { row: 0, column: 0 } })}>{t('table.paste')}</Button>
        <Button icon={<DownloadOutlined />} onClick={() => void download()}>{t('table.template')}</Button>
      </div>
      <Grid data={data} fields={fields} filled={filled} paging={paging} onPaste={(text, row, column) => setPasted({ text, start: { row, column } })} />
      <SaveBar state={filled.state} at={filled.savedAt} />
      {pasted && <PasteIntoTable campaign={campaign.id} text={pasted.text} start={pasted.start} page={data.items} fields={fields} onClose={() => setPasted(null)} onDone={() => { setPasted(null); void reread(); }} />}
    </>
  );
}

/** Forms of many schools in one table: typed cell by cell or pasted from a spreadsheet. */
export default function Table() {
  const { t } = useTranslation(['monitoring', 'app']);
  const id = Number(useParams().id);
  const { unit } = useContextBar();
  const [params] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const search = useLater(typed.trim(), 300);
  const paging = usePaging();
  const campaign = useRecord<Campaign & Head>('campaign', id);
  const { fields } = useFields();
  const query = { level: 'school' as const, ...(unit === null ? {} : { unit }), ...(search ? { search } : {}), limit: PAGE_SIZE, offset: paging.offset };
  const list = $api.useQuery('get', '/campaigns/{id}/forms', { params: { path: { id }, query } }, { placeholderData: (last: Schemas['CampaignFormList'] | undefined) => last });
  const codes = campaign.data?.body.fields;
  const own = useMemo(() => fields.filter((field) => field.level === 'school' && (codes ?? []).includes(field.code)), [fields, codes]);
  return (
    <Loaded of={campaign}>
      {(one) => (
        <>
          <PageHead title={t('table.title')} what={t('table.what')} crumbs={[{ title: t('page.campaigns'), to: '/monitoring' }, { title: one.title ?? '', to: `/monitoring/campaigns/${id}` }, { title: t('page.table') }]}>
            <Input.Search allowClear aria-label={t('list.search')} placeholder={t('list.search')} value={typed} onChange={(event) => { setTyped(event.target.value); paging.turn(1); }} className="oko-search" />
          </PageHead>
          <Loaded of={list}>
            {(data) => (data.total === 0 || own.length === 0 ? <EmptyState why={t(search ? 'list.not-found' : 'table.empty')} /> : <Sheet campaign={one} data={data} fields={own} paging={paging} reread={list.refetch} />)}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}
