import { Alert, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { FormDialog } from '../../parts/FormDialog';
import { useCatalogue } from '../../parts/lists';
import { useChange, useCreate } from '../../parts/records';
import { toast } from '../../parts/toast';
import { UnitField } from '../../parts/UnitField';

interface Typed { unit?: number; code?: string; due?: Dayjs; owner?: string; description?: string; indicator?: string; target?: number }
interface Props { unit?: number; year?: number; forCase?: number; advised?: string[]; measure?: Schemas['Measure']; onClose: () => void }

const start = ({ unit, measure }: Props): Typed => (measure
  ? { unit: measure.unit, code: measure.body.code, due: measure.due ? dayjs(measure.due) : undefined, owner: measure.body.owner, description: measure.body.description, indicator: measure.body.indicator, target: measure.body.target ?? undefined }
  : { unit });

function useCodes(level: string | undefined, advised: string[]) {
  const { t } = useTranslation('measures');
  const { measures } = useCatalogue();
  const fits = measures.filter((one) => !level || !one.body.levels?.length || (one.body.levels as string[]).includes(level));
  const options = (list: typeof fits) => list.map((one) => ({ value: one.body.code ?? '', label: one.title ?? '' }));
  const first = fits.filter((one) => advised.includes(one.body.code ?? ''));
  const groups = ['procedure', 'verification', 'support', 'management'] as const;
  return {
    measures,
    options: [
      ...(first.length > 0 ? [{ label: t('edit.advised'), options: options(first) }] : []),
      ...groups.map((group) => ({ label: t(`group.${group}`), options: options(fits.filter((one) => one.body.group === group && !first.includes(one))) })),
    ].filter((group) => group.options.length > 0),
  };
}

/** A measure is planned or changed: which, by whom, until when, which indicator is to move and how far. */
export function MeasureDrawer(props: Props) {
  const { unit, year, forCase, advised = [], measure, onClose } = props;
  const { t } = useTranslation(['measures', 'app']);
  const [form] = Form.useForm<Typed>();
  const create = useCreate('measure');
  const change = useChange('measure', measure?.id ?? 0);
  const place = Form.useWatch('unit', form) ?? measure?.unit ?? unit;
  const { data: at } = $api.useQuery('get', '/units/{id}', { params: { path: { id: place ?? 0 } } }, { enabled: place !== undefined && place > 0 });
  const { data: indicators } = $api.useQuery('get', '/indicators', { params: { query: { state: 'active', limit: 500, ...(year ? { year } : {}) } } });
  const { measures, options } = useCodes(at?.level, advised);
  const pick = (code: string) => { const one = measures.find((item) => item.body.code === code); form.setFieldsValue({ indicator: one?.body.indicator ?? undefined, due: one?.body.days ? dayjs().add(one.body.days, 'day') : undefined }); };
  const save = async ({ unit: where, due: day, ...body }: Typed) => {
    const due = day?.format('YYYY-MM-DD');
    const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    const title = measures.find((one) => one.body.code === body.code)?.title ?? body.code;
    if (measure) await change.mutateAsync({ change: { due, body: said }, version: measure.version });
    else await create.mutateAsync({ draft: { unit: where ?? unit, ...(year ? { year } : {}), title, ...(due ? { due } : {}), body: { ...said, ...(forCase ? { case: forCase } : {}) } } });
    toast.success(t('edit.saved'));
  };
  const needed = [{ required: true, message: t('app:needed') }];
  const codes = [...new Map((indicators?.items ?? []).map((one) => [one.body.code ?? '', one.title ?? ''])).entries()];
  return (
    <FormDialog<Typed> side form={form} place={`measure.${measure?.id ?? `new.${forCase ?? unit ?? ''}`}`} base={measure?.version} start={start(props)} name="measure" root="/body" title={t(measure ? 'edit.change' : 'edit.add')} ok={t('edit.save')}
      lead={forCase && <Alert className="oko-gap" type="info" showIcon title={t('edit.for-case')} />} onSave={save} onClose={onClose}>
        <Form.Item name="unit" label={t('edit.unit')} rules={needed}><UnitField disabled={measure !== undefined || forCase !== undefined} /></Form.Item>
        <Form.Item name="code" label={t('edit.code')} rules={needed}><Select disabled={measure !== undefined} showSearch={{ optionFilterProp: 'label' }} options={options} onChange={pick} /></Form.Item>
        <Form.Item name="due" label={t('edit.due')} rules={needed}><DatePicker format="DD.MM.YYYY" /></Form.Item>
        <Form.Item name="owner" label={t('edit.owner')} extra={t('edit.owner-help')}><Input maxLength={200} /></Form.Item>
        <Form.Item name="description" label={t('edit.description')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} /></Form.Item>
        <Form.Item name="indicator" label={t('edit.indicator')} extra={t('edit.indicator-help')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={codes.map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="target" label={t('edit.target')}><InputNumber /></Form.Item>
    </FormDialog>
  );
}
