import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { FormDialog } from '../../parts/FormDialog';
import type { CatalogueMeasure } from '../../parts/lists';
import { useChange, useCreate } from '../../parts/records';
import { toast } from '../../parts/toast';

interface Typed { title?: string; code?: string; group?: string; levels?: string[]; evidence?: string; indicator?: string; days?: number; name_en?: string }

/** A measure of the catalogue. */
export function CatalogueDrawer({ measure, onClose }: { measure: CatalogueMeasure | null; onClose: () => void }) {
  const { t } = useTranslation(['measures', 'app']);
  const create = useCreate('catalogue-measure');
  const change = useChange('catalogue-measure', measure?.id ?? 0);
  const begin: Typed = measure ? { title: measure.title, code: measure.body.code, group: measure.body.group, levels: measure.body.levels, evidence: measure.body.evidence, indicator: measure.body.indicator, days: measure.body.days, name_en: measure.body.name_en } : { group: 'support', levels: ['school'], days: 30 };
  const save = async ({ title, ...rest }: Typed) => {
    const body = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    if (measure) await change.mutateAsync({ change: { title, body }, version: measure.version });
    else await create.mutateAsync({ draft: { title, body } });
    toast.success(t('edit.saved'));
  };
  const needed = [{ required: true, message: t('app:needed') }];
  return (
    <FormDialog<Typed> side place={`catalogue.${measure?.id ?? 'new'}`} base={measure?.version} start={begin} name="catalogue" root="/body" title={t(measure ? 'catalogue.edit' : 'catalogue.add')} ok={t('edit.save')} onSave={save} onClose={onClose}>
        <Form.Item name="title" label={t('catalogue.title')} rules={needed}><Input maxLength={400} /></Form.Item>
        <Form.Item name="name_en" label={t('catalogue.name-en')}><Input maxLength={400} /></Form.Item>
        <Form.Item name="code" label={t('catalogue.code')} extra={t('catalogue.code-help')} rules={[...needed, { pattern: /^[a-z0-9-]+$/, message: t('catalogue.code-help') }]}><Input maxLength={64} disabled={measure !== null} /></Form.Item>
        <Form.Item name="group" label={t('catalogue.group')} rules={needed}><Select options={['procedure', 'verification', 'support', 'management'].map((value) => ({ value, label: t(`group.${value}`) }))} /></Form.Item>
        <Form.Item name="levels" label={t('catalogue.levels')} rules={needed}><Select mode="multiple" options={['region', 'municipality', 'school'].map((value) => ({ value, label: t(`app:level.${value}`) }))} /></Form.Item>
        <Form.Item name="evidence" label={t('one.evidence')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} /></Form.Item>
        <Form.Item name="indicator" label={t('catalogue.indicator')}><Input maxLength={64} /></Form.Item>
        <Form.Item name="days" label={t('catalogue.days')}><InputNumber min={0} precision={0} /></Form.Item>
    </FormDialog>
  );
}
