import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { FormDialog } from '../../parts/FormDialog';
import { toast } from '../../parts/toast';

type Procedure = Schemas['Procedure'];
interface Fields { code: string; title: string; max: number; mark3?: number; mark4?: number; mark5?: number; source?: string }

const MARKS = ['mark3', 'mark4', 'mark5'] as const;

/** What the file could not say of its procedure: the name, the maximum and where the marks begin. Items are those of the file's head. */
export function NewProcedure({ start, onSaved, onClose }: { start: Procedure; onSaved: (code: string) => void; onClose: () => void }) {
  const { t } = useTranslation(['data', 'app']);
  const put = $api.useMutation('put', '/procedures/{code}');
  const save = async (fields: Fields) => {
    const cutoffs = Object.fromEntries(MARKS.map((mark) => [mark.slice(-1), fields[mark]]).filter(([, score]) => typeof score === 'number'));
    const body: Procedure = { ...start, code: fields.code, title: fields.title, max: fields.max, source: fields.source || t('data:procedure.by-hand'), cutoffs };
    await put.mutateAsync({ params: { path: { code: fields.code } }, body });
    toast.success(t('data:procedure.saved', { code: fields.code }));
    onSaved(fields.code);
  };
  const rising = (at: number) => ({ getFieldsValue }: { getFieldsValue: () => Fields }) => ({
    validator: () => {
      const scores = MARKS.map((mark) => getFieldsValue()[mark]);
      const before = scores.slice(0, at).filter((score): score is number => typeof score === 'number');
      const here = scores[at];
      return typeof here !== 'number' || before.every((score) => score < here) ? Promise.resolve() : Promise.reject(new Error(t('data:procedure.rising')));
    },
  });
  return (
    <FormDialog<Fields> width={640} place={`data.procedure.${start.code}.${start.title}`} start={{ code: start.code, title: start.title, max: start.max }} title={t('data:procedure.title')} ok={t('data:procedure.save')}
      lead={<p className="oko-quiet">{t('data:procedure.what')}</p>} onSave={save} onClose={onClose}>
        <Form.Item name="code" label={t('data:procedure.code')} extra={t('data:procedure.code-what')} rules={[{ required: true, message: t('app:needed') }, { pattern: /^\d{4}-\d{2}-[A-Z]{2,}(-[A-Za-z0-9]+)?$/, message: t('data:procedure.code-bad') }]}><Input /></Form.Item>
        <Form.Item name="title" label={t('data:procedure.name')} rules={[{ required: true, message: t('app:needed') }]}><Input maxLength={150} /></Form.Item>
        <div className="oko-limits">
          <Form.Item name="max" label={t('data:procedure.max')} extra={t('data:procedure.items', { count: start.items?.length ?? 0 })} rules={[{ required: true, message: t('app:needed') }]}><InputNumber min={1} max={1000} precision={0} /></Form.Item>
          {MARKS.map((mark, i) => <Form.Item key={mark} name={mark} label={t('data:procedure.mark', { mark: mark.slice(-1) })} dependencies={MARKS.slice(0, i)} rules={[rising(i)]}><InputNumber min={1} max={1000} precision={0} /></Form.Item>)}
        </div>
        <Form.Item name="source" label={t('data:procedure.source')} extra={t('data:procedure.source-what')}><Input maxLength={200} /></Form.Item>
    </FormDialog>
  );
}
