import { ApartmentOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../api/client';
import type { Page } from './area';
import { useContextBar } from './context';
import { late } from './late';

const UnitPicker = late(() => import('../parts/UnitPicker'));

function UnitChoice() {
  const { t } = useTranslation();
  const { unit, change } = useContextBar();
  const [open, setOpen] = useState(false);
  const { data } = $api.useQuery('get', '/units/{id}', { params: { path: { id: unit ?? 0 } } }, { enabled: unit !== null });
  const name = unit === null ? t('context.everything') : (data?.name ?? '…');
  return (
    <>
      <Button className="oko-unit" icon={<ApartmentOutlined />} aria-haspopup="dialog" title={name} aria-label={`${t('context.unit')}: ${name}`} onClick={() => setOpen(true)}>
        <span className="oko-unit-name">{name}</span>
      </Button>
      {open && <UnitPicker onClose={() => setOpen(false)} onPick={(id) => { change({ unit: id }); setOpen(false); }} chosen={unit} />}
    </>
  );
}

function useProcedures(year: number | null) {
  return $api.useQuery('get', '/procedures', { params: { query: { limit: 500, ...(year === null ? {} : { year }) } } });
}

function YearChoice() {
  const { t } = useTranslation();
  const { year, change } = useContextBar();
  const { data } = useProcedures(null);
  const years = [...new Set((data?.items ?? []).map((one) => Number(one.code.slice(0, 4))).filter(Number.isFinite))].sort((a, b) => b - a);
  if (year !== null && !years.includes(year)) years.unshift(year);
  return (
    <Select className="oko-year" aria-label={t('context.year')} placeholder={t('context.any-year')} allowClear value={year}
      options={years.map((one) => ({ value: one, label: t('context.year-of', { year: one }) }))} onChange={(value: number | undefined) => change({ year: value ?? null, procedure: null })} />
  );
}

function ProcedureChoice() {
  const { t } = useTranslation();
  const { procedure, year, change } = useContextBar();
  const { data } = useProcedures(year);
  return (
    <Select className="oko-procedure" aria-label={t('context.procedure')} placeholder={t('context.any-procedure')} allowClear value={procedure} popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }} options={(data?.items ?? []).map((one) => ({ value: one.code, label: one.title }))}
      onChange={(value: string | undefined) => change({ procedure: value ?? null })} />
  );
}

function CampaignChoice() {
  const { t } = useTranslation();
  const { campaign, change } = useContextBar();
  const { data } = $api.useQuery('get', '/campaigns', { params: { query: { limit: 200 } } });
  return (
    <Select className="oko-procedure" aria-label={t('context.campaign')} placeholder={t('context.any-campaign')} allowClear value={campaign} popupMatchSelectWidth={false}
      options={(data?.items ?? []).map((one) => ({ value: one.id, label: one.title ?? one.id }))} onChange={(value: number | undefined) => change({ campaign: value ?? null })} />
  );
}

/** Unit, year, procedure, campaign: what the page listens to, kept in the address so that any view can be sent as a link. */
export default function ContextBar({ page }: { page: Page | undefined }) {
  const { t } = useTranslation();
  const parts = page?.context ?? [];
  return (
    <div className="oko-context" role="group" aria-label={t('context.name')}>
      {parts.includes('unit') && <UnitChoice />}
      {parts.includes('year') && <YearChoice />}
      {parts.includes('procedure') && <ProcedureChoice />}
      {parts.includes('campaign') && <CampaignChoice />}
    </div>
  );
}
