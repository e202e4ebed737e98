import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { useCatalogue, useCauses } from '../../parts/lists';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useChange, useCreate } from '../../parts/records';
import { toast } from '../../parts/toast';
import { FAMILIES, useSign } from '../cases/words';

interface Typed { sign?: string; cause?: string; text?: string; measures?: string[] }

/** A piece of the base: for which sign and cause, what is recommended, which measures. */
export function AdviceDrawer({ advice, onClose }: { advice: Schemas['Advice'] | null; onClose: () => void }) {
  const { t } = useTranslation(['recommendations', 'app']);
  const word = useSign();
  const { causes, name } = useCauses();
  const { measures } = useCatalogue();
  const [form] = Form.useForm<Typed>();
  const create = useCreate('advice');
  const change = useChange('advice', advice?.id ?? 0);
  const tell = useTellFailure();
  const [draft, setDraft, { forget }] = useDraft<Typed>(`advice.${advice ? `${advice.id}.${advice.version}` : 'new'}`, advice?.body ?? { sign: 'any' });
  const done = { onSuccess: () => { forget(); toast.success(t('edit.saved')); onClose(); }, onError: (error: Error) => tell(error, form, '/body') };
  const save = (body: Typed) => {
    const title = `${body.sign}/${body.cause}`;
    if (advice) change.mutate({ change: { title, body }, version: advice.version }, done);
    else create.mutate({ draft: { title, body } }, done);
  };
  const needed = [{ required: true, message: t('app:needed') }];
  return (
    <Drawer open onClose={onClose} size="large" title={t(advice ? 'base.edit' : 'base.add')}>
      <Form form={form} name="advice" layout="vertical" initialValues={{ sign: draft.sign, cause: draft.cause, text: draft.text, measures: draft.measures }} onValuesChange={(_, all: Typed) => setDraft(all)} onFinish={save}>
        <Form.Item name="sign" label={t('base.sign')} rules={needed}><Select options={[{ value: 'any', label: t('base.every') }, ...FAMILIES.map((family) => ({ value: family as string, label: word(family) }))]} /></Form.Item>
        <Form.Item name="cause" label={t('base.cause')} rules={needed}><Select options={causes.map((one) => ({ value: one.code, label: name(one.code) }))} /></Form.Item>
        <Form.Item name="text" label={t('base.text')} rules={needed}><Input.TextArea autoSize={{ minRows: 6, maxRows: 20 }} maxLength={20000} showCount /></Form.Item>
        <Form.Item name="measures" label={t('edit.measures')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={measures.map((one) => ({ value: one.body.code, label: one.title }))} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>{t('edit.save')}</Button>
      </Form>
    </Drawer>
  );
}
