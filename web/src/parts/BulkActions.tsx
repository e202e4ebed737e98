import { Alert, Button } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { carefulFetch, type Schemas } from '../api/client';
import { problemOf } from '../api/problem';
import { ActionFields, fieldsOf, plain, type FieldInputs, type Values } from './ActionFields';
import { actionOf, PATHS, type RecordKind } from './flows';
import { FormDialog } from './FormDialog';
import { useTellFailure } from './ProblemAlert';
import type { Head } from './records';
import { toast } from './toast';

type Answer = Schemas['ManyAnswer'];

/** All or nothing: 422 with the records that stood in the way is an answer, not a failure. */
async function actMany(kind: RecordKind, action: string, records: Head<object>[], input: Values): Promise<Answer> {
  const body = JSON.stringify({ action, items: records.map(({ id, version }) => ({ id, version })), input });
  const response = await carefulFetch(new Request(`/api/v1${PATHS[kind]}/actions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }));
  const answer = (await response.clone().json().catch(() => null)) as Answer | null;
  if (answer && Array.isArray(answer.problems)) return answer;
  throw await problemOf(response);
}

interface Props { kind: RecordKind; records: Head<object>[]; offer: readonly string[]; inputs?: FieldInputs; onDone: () => void }

/** What can be done with all of the chosen records at once. */
export function BulkActions({ kind, records, offer, inputs = {}, onDone }: Props) {
  const { t } = useTranslation(['records', 'app']);
  const [open, setOpen] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const tell = useTellFailure();
  const act = useMutation({ mutationFn: ({ name, input }: { name: string; input: Values }) => actMany(kind, name, records, input) });
  const names = offer.filter((name) => records.length > 0 && records.every((record) => record.actions.includes(name)));
  const go = async (name: string, input: Values) => {
    const told = await act.mutateAsync({ name, input });
    setAnswer(told.problems.length > 0 ? told : null);
    setOpen(null);
    if (told.problems.length > 0) throw new Error(t('records:many.refused')); // what was typed is needed again
    toast.success(t('records:many.done', { count: told.changed }));
    onDone();
  };
  const press = (name: string) => { const action = actionOf(kind, name); if (action && fieldsOf(action).length > 0) setOpen(name); else void go(name, {}).catch(tell); };
  const action = open ? actionOf(kind, open) : undefined;
  if (records.length === 0) return null;
  return (
    <div className="oko-stack oko-no-print" role="region" aria-label={t('records:many.name')}>
      <div className="oko-row">
        <span>{t('records:many.chosen', { count: records.length })}</span>
        {names.map((name) => <Button key={name} loading={act.isPending && act.variables.name === name} onClick={() => press(name)}>{t(`records:${kind}.action.${name}`)}</Button>)}
        {names.length === 0 && <span className="oko-quiet">{t('records:many.nothing')}</span>}
      </div>
      {answer && (
        <Alert type="error" role="alert" closable title={t('records:many.refused')}
          description={<ul>{answer.problems.map((problem) => <li key={problem.id}>{records.find((one) => one.id === problem.id)?.title ?? problem.id}: {problem.message}</li>)}</ul>} />
      )}
      {action && (
        <FormDialog<Values> place={`many.${kind}.${action.name}`} name={`many-${action.name}`} title={t(`records:${kind}.action.${action.name}`)} ok={t(`records:${kind}.action.${action.name}`)}
          onSave={(values) => go(action.name, plain(values))} onClose={() => setOpen(null)}>
          <ActionFields kind={kind} action={action} inputs={inputs} />
        </FormDialog>
      )}
    </div>
  );
}
