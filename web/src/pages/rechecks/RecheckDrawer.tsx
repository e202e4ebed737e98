import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { FormDialog } from '../../parts/FormDialog';
import { useChange, useCreate } from '../../parts/records';
import { UnitField } from '../../parts/UnitField';

interface Typed { unit?: number; procedure?: string; class?: string; body?: string; works?: number }

/** A re-check is planned: school, procedure, who checks, of how many works. */
export function RecheckDrawer({ recheck, onClose }: { recheck?: Schemas['Recheck']; onClose: () => void }) {
  const { t } = useTranslation(['rechecks', 'app']);
  const go = useNavigate();
  const keep = useKeep();
  const create = useCreate('recheck');
  const change = useChange('recheck', recheck?.id ?? 0);
  const { data: procedures } = $api.useQuery('get', '/procedures', { params: { query: { limit: 500 } } });
  const save = async ({ unit, ...rest }: Typed) => {
    const body = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    if (recheck) await change.mutateAsync({ change: { body }, version: recheck.version });
    else await go(keep(`/rechecks/${(await create.mutateAsync({ draft: { unit, title: t('edit.title'), body } })).id}`));
  };
  const start: Typed = recheck ? { unit: recheck.unit, procedure: recheck.body.procedure, class: recheck.body.class, body: recheck.body.body, works: recheck.body.works } : {};
  const needed = [{ required: true, message: t('app:needed') }];
  return (
    <FormDialog<Typed> side place={`recheck.${recheck?.id ?? 'new'}`} base={recheck?.version} start={start} name="recheck" root="/body" title={t(recheck ? 'edit.change' : 'edit.add')} ok={t('edit.save')} onSave={save} onClose={onClose}>
        <Form.Item name="unit" label={t('list.school')} rules={needed}><UnitField disabled={recheck !== undefined} /></Form.Item>
        <Form.Item name="procedure" label={t('list.procedure')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={(procedures?.items ?? []).map((one) => ({ value: one.code, label: one.title }))} /></Form.Item>
        <Form.Item name="class" label={t('edit.class')}><Input maxLength={16} className="oko-clock" /></Form.Item>
        <Form.Item name="body" label={t('list.body')} extra={t('edit.body-help')} rules={needed}><Input maxLength={90} /></Form.Item>
        <Form.Item name="works" label={t('edit.works')} extra={t('edit.works-help')}><InputNumber min={1} precision={0} /></Form.Item>
    </FormDialog>
  );
}
