import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { FormDialog } from '../../parts/FormDialog';
import { useCatalogue, useCauses } from '../../parts/lists';
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
  const create = useCreate('advice');
  const change = useChange('advice', advice?.id ?? 0);
  const save = async (body: Typed) => {
    const title = `${body.sign}/${body.cause}`;
    if (advice) await change.mutateAsync({ change: { title, body }, version: advice.version });
    else await create.mutateAsync({ draft: { title, body } });
    toast.success(t('edit.saved'));
  };
  const { sign = 'any', cause, text, measures: chosen } = advice?.body ?? {};
  const needed = [{ required: true, message: t('app:needed') }];
  return (
    <FormDialog<Typed> side place={`advice.${advice?.id ?? 'new'}`} base={advice?.version} start={{ sign, cause, text, measures: chosen }} name="advice" root="/body" title={t(advice ? 'base.edit' : 'base.add')} ok={t('edit.save')} onSave={save} onClose={onClose}>
        <Form.Item name="sign" label={t('base.sign')} rules={needed}><Select options={[{ value: 'any', label: t('base.every') }, ...FAMILIES.map((family) => ({ value: family as string, label: word(family) }))]} /></Form.Item>
        <Form.Item name="cause" label={t('base.cause')} rules={needed}><Select options={causes.map((one) => ({ value: one.code, label: name(one.code) }))} /></Form.Item>
        <Form.Item name="text" label={t('base.text')} rules={needed}><Input.TextArea autoSize={{ minRows: 6, maxRows: 20 }} maxLength={20000} showCount /></Form.Item>
        <Form.Item name="measures" label={t('edit.measures')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={measures.map((one) => ({ value: one.body.code, label: one.title }))} /></Form.Item>
    </FormDialog>
  );
}
