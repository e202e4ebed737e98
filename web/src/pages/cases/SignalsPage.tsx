import { Button, Checkbox, Form, Radio, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useProcedureTitle } from '../../parts/lists';
import { PageHead } from '../../parts/PageHead';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { useSign } from './words';
import '../../styles/cases.css';

interface Signal { key: string; unit: number; code: string; name: string; year: number; sign: string; source: string; procedure: string; state: 'new' | 'existing'; case: number | null; repeats: number | null; n: number | null; effect: number | null; evidence: string | null }
interface Asked { threshold: 'attention' | 'signs' | 'strong'; signs: boolean; lists: boolean }
const START: Asked = { threshold: 'signs', signs: true, lists: true };

function Signals({ report, chosen, choose }: { report: Schemas['CaseSignalsReport']; chosen: string[]; choose: (keys: string[]) => void }) {
  const { t } = useTranslation(['cases', 'evidence']);
  const keep = useKeep();
  const sign = useSign();
  const format = useFormat();
  const procedure = useProcedureTitle();
  const items = report.items as unknown as Signal[];
  return (
    <DataTable<Signal> name={t('signals.found')} rowKey="key" dataSource={items}
      rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => choose(keys.map(String)), getCheckboxProps: (one) => ({ disabled: one.state === 'existing', 'aria-label': `${one.name} ${sign(one.sign)}` }) }}
      columns={[
        { title: t('list.unit'), key: 'unit', render: (_, one) => one.name || one.code, sorter: (a, b) => format.compare(a.name, b.name) },
        { title: t('list.sign'), key: 'sign', render: (_, one) => sign(one.sign) },
        { title: t('list.procedure'), key: 'procedure', render: (_, one) => procedure(one.procedure) },
        { title: t('signal.evidence'), key: 'evidence', render: (_, one) => (one.evidence ? t(`evidence:level.${one.evidence}`) : t(`source.${one.source}`)) },
        { title: t('signal.n'), key: 'n', align: 'right', render: (_, one) => format.number(one.n, 0), sorter: (a, b) => (a.n ?? 0) - (b.n ?? 0) },
        { title: t('signals.case'), key: 'case', render: (_, one) => (one.case ? <Link to={keep(`/cases/${one.case}`)}>{t('signals.there')}</Link> : one.repeats ? <Tag color="warning">{t('signals.repeats')}</Tag> : t('signals.new')) },
      ]} />
  );
}

/** Signals of the newest analysis and of external lists; those that are chosen become cases. */
export default function SignalsPage() {
  const { t } = useTranslation(['cases', 'app']);
  const { unit, year } = useContextBar();
  const keep = useKeep();
  const go = useNavigate();
  const [asked, setAsked] = useState<Asked>(START);
  const [chosen, setChosen] = useState<string[]>([]);
  const look = $api.useMutation('post', '/cases/signals');
  const make = $api.useMutation('post', '/cases/signals');
  const body = { ...asked, ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }) };
  const find = () => look.mutate({ body: { ...body, preview: true } }, {
    onSuccess: (report) => setChosen((report.items as unknown as Signal[]).filter((one) => one.state === 'new').map((one) => one.key)),
  });
  const create = () => make.mutate({ body: { ...body, keys: chosen } }, {
    onSuccess: (report) => { toast.success(t('signals.made', { count: report.made })); void go(keep('/cases')); },
  });
  return (
    <>
      <PageHead title={t('page.signals')} what={t('signals.what')} crumbs={[{ title: t('page.all'), to: keep('/cases') }]} />
      <Form layout="vertical" className="oko-gap" onFinish={find}>
        <Form.Item label={t('signals.threshold')}>
          <Radio.Group value={asked.threshold} onChange={(event) => setAsked({ ...asked, threshold: event.target.value as Asked['threshold'] })}
            options={(['attention', 'signs', 'strong'] as const).map((value) => ({ value, label: t(`signals.from.${value}`) }))} />
        </Form.Item>
        <Form.Item label={t('signals.sources')}>
          <Checkbox checked={asked.signs} onChange={(event) => setAsked({ ...asked, signs: event.target.checked })}>{t('source.sign')}</Checkbox>
          <Checkbox checked={asked.lists} onChange={(event) => setAsked({ ...asked, lists: event.target.checked })}>{t('source.list')}</Checkbox>
        </Form.Item>
        <div className="oko-row">
          <Button htmlType="submit" loading={look.isPending} disabled={!asked.signs && !asked.lists}>{t('signals.find')}</Button>
          {look.data && <Button type="primary" loading={make.isPending} disabled={chosen.length === 0} onClick={create}>{t('signals.make', { count: chosen.length })}</Button>}
        </div>
      </Form>
      <ProblemAlert error={look.error ?? make.error} />
      {look.data && (look.data.items.length === 0
        ? <EmptyState why={t('signals.none')} />
        : <Signals report={look.data} chosen={chosen} choose={setChosen} />)}
    </>
  );
}
