import { Alert, Button, Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useMe } from '../app/session';
import { ActionFields, plain, type FieldInputs, type Values } from './ActionFields';
import { Due } from './Due';
import { actionOf, flowOf, type FlowAction, type RecordKind } from './flows';
import { KeptForm } from './KeptForm';
import { BACK, RecordActions } from './RecordActions';
import { RecordLinks } from './RecordLinks';
import { useAct, useLinks, type Head } from './records';
import { toast } from './toast';
import { turnOf } from './turns';

interface Props {
  kind: RecordKind;
  record: Head;
  inputs?: FieldInputs;
  /** Said above the fields of an action. */
  lead?: Record<string, ReactNode>;
  /** Shown under the buttons of an action. */
  extra?: Record<string, ReactNode>;
  /** Values to begin with, by action. */
  start?: Record<string, Values>;
  /** Actions that the page offers in another way. */
  hide?: readonly string[];
}

/** The step that this person takes now; undefined: others are awaited. */
export function mainOf(kind: RecordKind, record: Head, hide: readonly string[] = []): string | undefined {
  const turn = turnOf(kind, record.state);
  const mine = record.actions.filter((name) => !hide.includes(name));
  if (turn && mine.includes(turn.action)) return turn.action;
  return mine.find((name) => !BACK.has(name) && !['close-explained', 'repeat', 'release'].includes(name));
}

function StepForm({ kind, record, action, inputs, lead, start }: { kind: RecordKind; record: Head; action: FlowAction; inputs: FieldInputs; lead?: ReactNode; start?: Values }) {
  const { t } = useTranslation(['records', 'app']);
  const act = useAct(kind, record.id);
  const relations = action.links ?? [];
  const links = useLinks(kind, record.id);
  const missing = relations.filter((relation) => links.data && !links.data.items.some((link) => link.relation === relation && !link.back));
  const save = async (values: Values) => {
    const changed = await act.mutateAsync({ action: action.name, input: plain(values), version: record.version });
    toast.success(t(`records:${kind}.state.${changed.state}`));
  };
  return (
    <>
      {lead}
      {relations.map((relation) => <RecordLinks key={relation} kind={kind} record={record} relation={relation} documents />)}
      {missing.length > 0 && <Alert className="oko-gap" type="info" showIcon title={t('records:step.evidence')} />}
      <KeptForm<Values> place={`act.${kind}.${record.id}.${action.name}`} name={`step-${action.name}`} start={start} onSave={save}>
        <ActionFields kind={kind} action={action} inputs={inputs} />
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={missing.length > 0}>{t(`records:${kind}.action.${action.name}`)}</Button>
      </KeptForm>
    </>
  );
}

/** Nothing to do for this person: who is awaited, and until when. */
function Waiting({ kind, record }: { kind: RecordKind; record: Head }) {
  const { t } = useTranslation(['records', 'app']);
  const turn = turnOf(kind, record.state);
  if (flowOf(kind).final.includes(record.state)) return <p>{t('records:step.over')}</p>;
  if (!turn) return <p>{t('records:step.nobody')}</p>;
  const who = t(`records:step.of.${kind}.${turn.action}`, { defaultValue: turn.roles.map((role) => t(`records:step.whom.${role}`)).join(` ${t('records:step.or')} `) });
  return <p>{t('records:step.wait', { who })}{record.due && <>, <Due due={record.due} overdue={record.overdue ?? false} /></>}</p>;
}

/** The next step of a record as one clear form, or who is awaited and until when; other ways as buttons below. */
export function NextStep({ kind, record, inputs = {}, lead = {}, extra = {}, start = {}, hide = [] }: Props) {
  const { t } = useTranslation('records');
  const { role } = useMe();
  const name = mainOf(kind, record, hide);
  const action = name ? actionOf(kind, name) : undefined;
  const others = record.actions.filter((one) => one !== name && !hide.includes(one));
  if (role === 'auditor' && !action) return null;
  return (
    <Card className="oko-next" title={<h2 className="oko-h2">{t('step.title')}</h2>}
      extra={action && record.due ? <Due due={record.due} overdue={record.overdue ?? false} /> : undefined}>
      {action
        ? <StepForm key={`${action.name}.${record.state}`} kind={kind} record={record} action={action} inputs={inputs} lead={lead[action.name]} start={start[action.name]} />
        : <Waiting kind={kind} record={record} />}
      {action && extra[action.name]}
      {others.length > 0 && (
        <div className="oko-other-ways">
          <RecordActions kind={kind} record={record} inputs={inputs} hide={name ? [name, ...hide] : ['', ...hide]} />
        </div>
      )}
    </Card>
  );
}
