import { Button, DatePicker, Form, Input, InputNumber, Steps } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { useMe } from '../../app/session';
import { DraftNotice } from '../../parts/DraftNotice';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useCreate } from '../../parts/records';
import { toast } from '../../parts/toast';
import { ChooseFields, ChooseIndicators } from './choices';
import '../../styles/indicators.css';
import '../../styles/monitoring.css';

export interface Plan { title: string; year: number; starts: string; deadline: string; indicators: string[] | null; fields: string[] | null; description: string }

const LAST = 2;
const DAY = 'DD.MM.YYYY';

function First({ plan, change }: { plan: Plan; change: (part: Partial<Plan>) => void }) {
  const { t } = useTranslation(['monitoring']);
  const date = (name: 'starts' | 'deadline') => (
    <Form.Item label={t(`new.${name}`)} htmlFor={`campaign-${name}`}>
      <DatePicker id={`campaign-${name}`} format={DAY} value={plan[name] ? dayjs(plan[name]) : null} onChange={(value) => change({ [name]: value ? value.format('YYYY-MM-DD') : '' })} />
    </Form.Item>
  );
  return (
    <>
      <Form.Item label={t('new.year')} htmlFor="campaign-year"><InputNumber id="campaign-year" min={1990} max={2100} value={plan.year} onChange={(year) => year && change({ year, indicators: null, fields: null })} /></Form.Item>
      <Form.Item label={t('new.name')} htmlFor="campaign-title"><Input id="campaign-title" maxLength={400} value={plan.title} placeholder={t('new.name-like', { year: plan.year })} onChange={(event) => change({ title: event.target.value })} /></Form.Item>
      <div className="oko-row" style={{ gap: 24 }}>{date('starts')}{date('deadline')}</div>
      <Form.Item label={t('new.description')} htmlFor="campaign-description"><Input.TextArea id="campaign-description" autoSize={{ minRows: 2, maxRows: 8 }} maxLength={10000} value={plan.description} onChange={(event) => change({ description: event.target.value })} /></Form.Item>
    </>
  );
}

/** A campaign in three steps: when, which indicators, what is asked of whom. It is a draft until it is opened. */
export default function NewCampaign() {
  const { t } = useTranslation(['monitoring', 'app']);
  const me = useMe();
  const navigate = useNavigate();
  const tell = useTellFailure();
  const create = useCreate('campaign');
  const [step, setStep] = useState(0);
  const [plan, setPlan, kept] = useDraft<Plan>('campaign.new', { title: '', year: new Date().getFullYear(), starts: '', deadline: '', indicators: null, fields: null, description: '' });
  const change = (part: Partial<Plan>) => setPlan({ ...plan, ...part });
  const active = $api.useQuery('get', '/indicators', { params: { query: { year: plan.year, state: 'active', limit: 500 } } });
  const all = active.data?.items ?? [];
  const indicators = plan.indicators ?? all.map((one) => one.body.code ?? '');
  const collected = [...new Set(all.filter((one) => indicators.includes(one.body.code ?? '')).flatMap((one) => one.body.collected ?? []))];
  const fields = plan.fields ?? collected;
  const known = $api.useQuery('get', '/form-fields', {}, { staleTime: Infinity });
  const levels = [...new Set((known.data?.items ?? []).filter((field) => fields.includes(field.code)).map((field) => field.level))];
  const ready = [plan.deadline !== '', indicators.length > 0, fields.length > 0][step];
  const save = () => {
    const title = plan.title.trim() || t('new.name-like', { year: plan.year });
    const body = { year: plan.year, indicators, fields, levels, deadline: plan.deadline, ...(plan.starts ? { starts: plan.starts } : {}), ...(plan.description ? { description: plan.description } : {}) };
    create.mutate({ draft: { title, year: plan.year, body, ...(me.unit === null ? {} : { unit: me.unit }) } }, {
      onSuccess: (made) => { kept.forget(); toast.success(t('new.made')); void navigate(`/monitoring/campaigns/${made.id}`); },
      onError: (error) => tell(error),
    });
  };
  return (
    <>
      <PageHead title={t('page.new')} what={t('new.what')} crumbs={[{ title: t('page.campaigns'), to: '/monitoring' }, { title: t('page.new') }]} />
      <DraftNotice draft={kept} />
      <Steps current={step} className="oko-gap" onChange={(to) => { if (to < step) setStep(to); }} items={['when', 'indicators', 'fields'].map((name) => ({ title: t(`new.step.${name}`) }))} />
      <Form layout="vertical" className="oko-panel" style={{ maxWidth: 900 }} component="div">
        {step === 0 && <First plan={plan} change={change} />}
        {step === 1 && <Loaded of={active}>{(data) => <ChooseIndicators items={data.items} chosen={indicators} year={plan.year} onChange={(codes) => change({ indicators: codes, fields: null })} />}</Loaded>}
        {step === 2 && <ChooseFields chosen={fields} needed={collected} onChange={(codes) => change({ fields: codes })} />}
      </Form>
      <div className="oko-row" style={{ marginTop: 16 }}>
        {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('app:back')}</Button>}
        {step < LAST && <Button type="primary" disabled={!ready} onClick={() => setStep(step + 1)}>{t('new.next')}</Button>}
        {step === LAST && <Button type="primary" disabled={!ready} loading={create.isPending} onClick={save}>{t('new.create')}</Button>}
        {!ready && <span className="oko-quiet" role="status">{t(`new.needs.${step}`)}</span>}
      </div>
    </>
  );
}
