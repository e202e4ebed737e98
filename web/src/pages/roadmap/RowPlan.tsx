import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useDraft } from '../../app/drafts';
import { DraftNotice } from '../../parts/DraftNotice';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useChange, type Head } from '../../parts/records';
import { toast } from '../../parts/toast';

export interface RowBody extends Record<string, unknown> { roadmap?: string; no?: number; responsible?: string; plan?: string; summary?: string }
interface Typed { responsible: string; plan: string }

/** Who answers for the row and how it is going to be done; what is typed stays until it is saved. */
export function RowPlan({ record }: { record: Head<RowBody> }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const { body } = record;
  const [typed, type, draft] = useDraft<Typed>(`roadmap-row.${record.id}`, { responsible: body.responsible ?? '', plan: body.plan ?? '' }, { base: record.version });
  const change = useChange('roadmap-row', record.id);
  const tell = useTellFailure();
  if (!record.editable) {
    return (
      <dl className="oko-facts">
        <dt>{t('roadmap:plan.responsible')}</dt><dd>{body.responsible || '—'}</dd>
        <dt>{t('roadmap:plan.plan')}</dt><dd>{body.plan || '—'}</dd>
        {body.summary && <><dt>{t('roadmap:plan.summary')}</dt><dd>{body.summary}</dd></>}
      </dl>
    );
  }
  const save = () => change.mutate({ change: { body: { responsible: typed.responsible, plan: typed.plan } }, version: record.version }, {
    onSuccess: () => { draft.forget(); toast.success(t('roadmap:plan.saved')); },
    onError: (error) => tell(error),
  });
  return (
    <Form layout="vertical" onFinish={save}>
      <DraftNotice draft={draft} />
      {draft.kept && !draft.restored && <Alert type="info" showIcon title={t('roadmap:plan.unsaved')} className="oko-gap" />}
      <Form.Item label={t('roadmap:plan.responsible')} htmlFor="row-responsible">
        <Input id="row-responsible" value={typed.responsible} maxLength={400} onChange={(event) => type({ ...typed, responsible: event.target.value })} />
      </Form.Item>
      <Form.Item label={t('roadmap:plan.plan')} htmlFor="row-plan">
        <Input.TextArea id="row-plan" value={typed.plan} maxLength={10000} autoSize={{ minRows: 2, maxRows: 10 }} onChange={(event) => type({ ...typed, plan: event.target.value })} />
      </Form.Item>
      {body.summary && <p><b>{t('roadmap:plan.summary')}:</b> {body.summary}</p>}
      <Button htmlType="submit" loading={change.isPending} disabled={!draft.kept}>{t('app:save')}</Button>
    </Form>
  );
}
