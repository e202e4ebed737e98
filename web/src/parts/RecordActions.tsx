import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ActionFields, fieldsOf, plain, type FieldInputs, type Values } from './ActionFields';
import { actionOf, type FlowAction, type RecordKind } from './flows';
import { FormDialog } from './FormDialog';
import { useTellFailure } from './ProblemAlert';
import { useAct, type Head } from './records';
import { toast } from './toast';

export type { FieldInputs } from './ActionFields';

/** Steps back and out: never the main button. */
export const BACK = new Set(['return', 'return-explanation', 'return-plan', 'return-answer', 'cancel', 'dismiss', 'reopen', 'retire', 'archive', 'set-aside', 'withdraw', 'revise', 'escalate', 'release']);

interface FormProps { kind: RecordKind; record: Head; action: FlowAction; inputs: FieldInputs; extra?: ReactNode; onDone: (record: Head) => void; onClose: () => void }

function ActionForm({ kind, record, action, inputs, extra, onDone, onClose }: FormProps) {
  const { t } = useTranslation('records');
  const act = useAct(kind, record.id);
  const save = async (values: Values) => {
    const changed = await act.mutateAsync({ action: action.name, input: plain(values), version: record.version });
    toast.success(t(`records:${kind}.state.${changed.state}`));
    onDone(changed);
  };
  const name = t(`records:${kind}.action.${action.name}`);
  return (
    <FormDialog<Values> place={`act.${kind}.${record.id}.${action.name}`} name={`act-${action.name}`} title={name} ok={name} onSave={save} onClose={onClose}>
      <ActionFields kind={kind} action={action} inputs={inputs} />
      {extra}
    </FormDialog>
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
    if (fieldsOf(action).length > 0 || extra[name]) { setOpen(name); return; }
    act.mutate({ action: name, input: {}, version: record.version }, {
      onSuccess: (changed) => { toast.success(t(`${kind}.state.${changed.state}`)); onDone?.(changed); },
      onError: (error) => tell(error),
    });
  };
  const main = hide.length > 0 ? undefined : names.find((name) => !BACK.has(name));
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
