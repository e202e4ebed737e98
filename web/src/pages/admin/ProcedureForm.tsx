import { DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { Scale } from './Scale';
import { faultsOf, KINDS, type Cut, type Procedure } from './procedures';

export interface Typed extends Omit<Procedure, 'cutoffs' | 'date'> { date?: dayjs.Dayjs | null; cuts: Cut[] }
export const MARKS = [3, 4, 5];

function Items() {
  const { t } = useTranslation('admin');
  const items = (Form.useWatch('items', { preserve: true }) as Procedure['items']) ?? [];
  const max = (Form.useWatch('max', { preserve: true }) as number | undefined) ?? 0;
  const sum = items.reduce((total, item) => total + (item?.max ?? 0), 0);
  return (
    <section className="oko-section">
      <h2>{t('procedure.items')}</h2>
      <p>{t('procedure.items-what')}</p>
      {items.length > 0 && <Alert className="oko-gap" role="status" showIcon type={sum === max ? 'success' : 'error'} title={t(sum === max ? 'procedure.sum-fine' : 'procedure.sum-wrong', { sum, max })} />}
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <div className="oko-items">
            {fields.map(({ key, name }) => (
              <div key={key}>
                <Form.Item name={[name, 'label']} noStyle rules={[{ required: true }]}><Input aria-label={t('procedure.item')} placeholder={t('procedure.item')} maxLength={20} /></Form.Item>
                <Form.Item name={[name, 'max']} noStyle rules={[{ required: true }]}><InputNumber aria-label={t('procedure.item-max')} placeholder={t('procedure.item-max')} min={1} max={100} precision={0} /></Form.Item>
                <Form.Item name={[name, 'level']} noStyle><Input aria-label={t('procedure.item-level')} placeholder={t('procedure.item-level')} maxLength={8} /></Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('procedure.item-remove', { label: items[name]?.label ?? '' })} onClick={() => remove(name)} />
              </div>
            ))}
            <Button onClick={() => add({ label: String(fields.length + 1), max: 1 })}>{t('procedure.item-add')}</Button>
          </div>
        )}
      </Form.List>
    </section>
  );
}

function Cutoffs() {
  const { t } = useTranslation('admin');
  const cuts = (Form.useWatch('cuts', { preserve: true }) as Cut[] | undefined) ?? [];
  const max = (Form.useWatch('max', { preserve: true }) as number | undefined) ?? 0;
  const first = (Form.useWatch('first_mark', { preserve: true }) as number | undefined) ?? 2;
  const set = cuts.filter((cut) => cut.from !== null);
  const faults = new Map(set.length > 0 ? faultsOf(cuts, max).map((fault) => [fault.mark, fault]) : []);
  return (
    <section className="oko-section">
      <h2>{t('procedure.cutoffs')}</h2>
      <p>{t('procedure.cutoffs-what')}</p>
      <div className="oko-fields">
        {cuts.map((cut, i) => (
          <Form.Item key={cut.mark} name={['cuts', i, 'from']} label={t('procedure.mark', { mark: cut.mark })} validateStatus={faults.has(cut.mark) ? 'error' : undefined}>
            <InputNumber min={0} max={1000} precision={0} />
          </Form.Item>
        ))}
      </div>
      <Scale cuts={set.length > 0 ? cuts : []} max={max} first={first} />
    </section>
  );
}

export function ProcedureFields({ known }: { known: boolean }) {
  const { t } = useTranslation(['admin', 'app']);
  const needed = { required: true, message: t('app:needed') };
  return (
    <div className="oko-columns">
      <div className="oko-stack">
        <section className="oko-section">
          <div className="oko-fields">
            <Form.Item name="code" label={t('procedure.code')} extra={known ? undefined : t('procedure.code-what')} rules={[needed, { pattern: /^\d{4}-\d\d-[A-Z]+(-.+)?$/, message: t('procedure.code-wrong') }]}><Input disabled={known} maxLength={40} /></Form.Item>
            <Form.Item name="kind" label={t('procedure.kind')} rules={[needed]}><Select options={KINDS.map((value) => ({ value, label: t(`procedures.kinds.${value}`) }))} /></Form.Item>
          </div>
          <Form.Item name="title" label={t('procedure.title')} rules={[needed]}><Input maxLength={150} /></Form.Item>
          <div className="oko-fields">
            <Form.Item name="max" label={t('procedure.max')} rules={[needed]}><InputNumber min={1} max={1000} precision={0} /></Form.Item>
            <Form.Item name="first_mark" label={t('procedure.first')}><InputNumber min={0} max={10} precision={0} /></Form.Item>
            <Form.Item name="date" label={t('procedure.date')}><DatePicker format="DD.MM.YYYY" /></Form.Item>
          </div>
          <Form.Item name="source" label={t('procedure.source')} extra={t('procedure.source-what')}><Input.TextArea autoSize maxLength={230} /></Form.Item>
        </section>
        <Cutoffs />
      </div>
      <Items />
    </div>
  );
}
