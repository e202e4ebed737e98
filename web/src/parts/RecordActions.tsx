import { Button, DatePicker, Form, Input, InputNumber, Modal, Select, Space } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { actionOf, type FlowAction, type RecordKind } from './flows';
import { useTellFailure } from './ProblemAlert';
import { useAct, type Head } from './records';
import { toast } from './toast';

const LONG = new Set(['comment', 'reason', 'summary', 'explanation', 'report', 'answer', 'measures']);
const DATES = new Set(['due', 'date', 'held_on', 'done_on']);
const NUMBERS = new Set(['participants', 'checked', 'up', 'down', 'works', 'persons']);
const BACK = new Set(['return', 'return-explanation', 'return-plan', 'return-answer', 'cancel', 'dismiss', 'reopen', 'retire', 'archive', 'set-aside', 'withdraw', 'revise']);

/** Field of an action that the kind draws itself, e.g. a cause from the classifier. */
export type FieldInputs = Record<string, ReactNode>;

function inputFor(field: string, action: FlowAction, t: (key: string) => string, inputs: FieldInputs): ReactNode {
  if (inputs[field]) return inputs[field];
  const choices = action.choices?.[field];
  if (choices) return <Select options={choices.map((value) => ({ value, label: t(`choice.${value}`) }))} />;
  if (DATES.has(field)) return <DatePicker format="DD.MM.YYYY" />;
  if (NUMBERS.has(field)) return <InputNumber min={0} precision={0} />;
  return LONG.has(field) ? <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4000} showCount /> : <Input maxLength={400} />;
}

const plain = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => [key, dayjs.isDayjs(value) ? (value as Dayjs).format('YYYY-MM-DD') : value]));

interface FormProps { kind: RecordKind; record: Head; action: FlowAction; inputs: FieldInputs; extra?: ReactNode; onDone: (record: Head) => void; onClose: () => void }

function ActionForm({ kind, record, action, inputs, extra, onDone, onClose }: FormProps) {
  const { t } = useTranslation(['records', 'app']);
  const [form] = Form.useForm();
  const act = useAct(kind, record.id);
  const tell = useTellFailure();
  const needed = action.requires ?? [];
  const save = (values: Record<string, unknown>) => act.mutate({ action: action.name, input: plain(values), version: record.version }, {
    onSuccess: (changed) => { toast.success(t(`records:${kind}.state.${changed.state}`)); onDone(changed); },
    onError: (error) => tell(error, form),
  });
  return (
    <Modal open title={t(`records:${kind}.action.${action.name}`)} onCancel={onClose} okText={t(`records:${kind}.action.${action.name}`)} cancelText={t('app:cancel')}
      confirmLoading={act.isPending} onOk={() => form.submit()} destroyOnHidden>
      <Form form={form} layout="vertical" onFinish={save}>
        {[...needed, ...(action.allows ?? [])].map((field) => (
          <Form.Item key={field} name={field} label={t(`records:field.${field}`)} rules={[{ required: needed.includes(field), message: t('app:needed') }]}>
            {inputFor(field, action, (key) => t(`records:${key}`), inputs)}
          </Form.Item>
        ))}
        {extra}
      </Form>
    </Modal>
  );
}

interface Props {
  kind: RecordKind;
  record: Head;
  /** Inputs of fields that need more than a text, by name of the field. */
  inputs?: FieldInputs;
  /** Shown under the fields of an action. */
  extra?: Record<string, ReactNode>;
  /** Actions that the page itself offers in another way. */
  hide?: readonly string[];
  /** Opens this action at once (a link of «Мои задачи»). */
  start?: string | null;
  onDone?: (record: Head) => void;
}

/** Buttons for what the person may do with the record now; an action that needs something asks for exactly that. */
export function RecordActions({ kind, record, inputs = {}, extra = {}, hide = [], start, onDone }: Props) {
  const { t } = useTranslation('records');
  const names = record.actions.filter((name) => !hide.includes(name));
  const [open, setOpen] = useState<string | null>(start && names.includes(start) ? start : null);
  const act = useAct(kind, record.id);
  const tell = useTellFailure();
  const press = (name: string) => {
    const action = actionOf(kind, name);
    if (!action) return;
    const asks = (action.requires?.length ?? 0) + (action.allows?.length ?? 0) > 0 || extra[name];
    if (asks) { setOpen(name); return; }
    act.mutate({ action: name, input: {}, version: record.version }, {
      onSuccess: (changed) => { toast.success(t(`${kind}.state.${changed.state}`)); onDone?.(changed); },
      onError: (error) => tell(error),
    });
  };
  const main = names.find((name) => !BACK.has(name));
  const action = open ? actionOf(kind, open) : undefined;
  return (
    <Space wrap className="oko-no-print">
      {names.map((name) => (
        <Button key={name} type={name === main ? 'primary' : 'default'} danger={name === 'cancel' || name === 'dismiss'} loading={act.isPending && act.variables?.action === name} onClick={() => press(name)}>
          {t(`${kind}.action.${name}`)}
        </Button>
      ))}
      {action && (
        <ActionForm kind={kind} record={record} action={action} inputs={inputs} extra={extra[action.name]} onClose={() => setOpen(null)}
          onDone={(changed) => { setOpen(null); onDone?.(changed); }} />
      )}
    </Space>
  );
}
