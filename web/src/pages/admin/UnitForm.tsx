import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useChangeVersioned, type Versioned } from '../../parts/etag';
import { FormDialog } from '../../parts/FormDialog';
import { toast } from '../../parts/toast';
import { UnitField } from './UnitField';
import { LEVELS, PLACES, TYPES, worded, type Unit } from './units';

type Body = Schemas['UnitBody'];
interface Props { unit?: Versioned<Unit>; parent?: number | null; onClose: () => void }

function Fields({ known, level }: { known: boolean; level: string }) {
  const { t } = useTranslation(['admin', 'app']);
  const needed = { required: true, message: t('app:needed') };
  const words = (group: string, values: readonly string[]) => values.map((value) => ({ value, label: worded(t, group, value) }));
  return (
    <>
      {!known && <Form.Item name="level" label={t('units.level')} rules={[needed]}><Select options={LEVELS.map((value) => ({ value, label: t(`app:level.${value}`) }))} /></Form.Item>}
      {level !== 'region' && <Form.Item name="parent" label={t('units.parent')} rules={known ? [] : [{ required: true, message: t('units.choose-parent') }]}><UnitField label={t('units.parent')} /></Form.Item>}
      {!known && <Form.Item name="code" label={t('units.code')} extra={t('units.code-what')} rules={[needed]}><Input maxLength={60} /></Form.Item>}
      <Form.Item name="name" label={t('units.name')} rules={[needed]}><Input.TextArea autoSize maxLength={390} /></Form.Item>
      {level === 'school' && (
        <div className="oko-fields">
          <Form.Item name="type" label={t('units.type')} extra={t('units.type-what')}><Select allowClear options={words('units.types', TYPES)} /></Form.Item>
          <Form.Item name="place" label={t('units.place')}><Select allowClear options={words('units.places', PLACES)} /></Form.Item>
          <Form.Item name="cluster" label={t('units.cluster')} extra={t('units.cluster-what')}><Input maxLength={47} /></Form.Item>
        </div>
      )}
      <div className="oko-fields">
        <Form.Item name="valid_from" label={t('units.valid-from')} extra={t('units.year-what')}><InputNumber min={1990} max={2100} /></Form.Item>
        <Form.Item name="valid_to" label={t('units.valid-to')}><InputNumber min={1990} max={2100} /></Form.Item>
      </div>
      {known && <Form.Item name="confirmed" valuePropName="checked"><Checkbox>{t('units.confirm')}</Checkbox></Form.Item>}
    </>
  );
}

/** A new unit, or a correction of one: name, kind, place above, closing. */
export function UnitForm({ unit, parent = null, onClose }: Props) {
  const { t } = useTranslation(['admin', 'app']);
  const [form] = Form.useForm<Body>();
  const create = $api.useMutation('post', '/units');
  const change = useChangeVersioned<Unit>();
  const level = Form.useWatch('level', form) ?? unit?.value.level ?? 'school';
  const save = async (typed: Body) => {
    const rest = { type: typed.type ?? '', place: typed.place ?? '', cluster: typed.cluster ?? '', valid_from: typed.valid_from ?? null, valid_to: typed.valid_to ?? null };
    const above = typed.parent ? { parent: typed.parent } : {};
    if (unit) await change.mutateAsync({ path: `/units/${unit.value.id}`, method: 'PATCH', version: unit.version, body: { name: typed.name, confirmed: typed.confirmed, ...rest, ...above } });
    else await create.mutateAsync({ body: { level: typed.level, code: typed.code, name: typed.name, ...rest, ...above } as Body });
    toast.success(t(unit ? 'units.saved' : 'units.made'));
  };
  return (
    <FormDialog<Body> place={`unit.${unit?.value.id ?? 'new'}`} base={unit?.version} form={form} start={(unit ? { ...unit.value } : { level: 'school', parent }) as Partial<Body>} requiredMark={false} width={640}
      title={unit ? unit.value.name : t('units.add')} ok={t('app:save')} onSave={save} onClose={onClose}>
      <Fields known={unit !== undefined} level={level} />
    </FormDialog>
  );
}
