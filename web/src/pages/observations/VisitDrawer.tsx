import { Alert, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { FormDialog } from '../../parts/FormDialog';
import { useChange, useCreate } from '../../parts/records';
import { toast } from '../../parts/toast';
import { UnitField } from '../../parts/UnitField';

interface Typed { unit?: number; procedure?: string; date?: Dayjs; begin?: string; end?: string; stage?: string; class?: string; room?: string; assignee?: number }
const STAGES = ['prepare', 'transfer', 'room', 'marking', 'upload'];
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A visit is planned: which school and procedure, when, by whom; an observer at home there is told at once. */
export function VisitDrawer({ visit, onClose }: { visit?: Schemas['Observation']; onClose: () => void }) {
  const { t } = useTranslation(['observations', 'app']);
  const [form] = Form.useForm<Typed>();
  const create = useCreate('observation');
  const change = useChange('observation', visit?.id ?? 0);
  const start: Typed = visit ? { unit: visit.unit, procedure: visit.body.procedure, date: visit.body.date ? dayjs(visit.body.date) : undefined, begin: visit.body.begin, end: visit.body.end, stage: visit.body.stage, class: visit.body.class, room: visit.body.room, assignee: visit.assignee || undefined } : { stage: 'room', begin: '09:00', end: '10:30' };
  const at = Form.useWatch('unit', form) ?? start.unit ?? 0;
  const who = Form.useWatch('assignee', form);
  const { data: people } = $api.useQuery('get', '/users', { params: { query: { role: 'observer', state: 'active', limit: 500 } } });
  const { data: procedures } = $api.useQuery('get', '/procedures', { params: { query: { limit: 500 } } });
  const { data: school } = $api.useQuery('get', '/units/{id}', { params: { path: { id: at } } }, { enabled: at > 0 });
  const observer = people?.items.find((one) => one.id === who);
  const home = observer?.unit && school ? (observer.unit === school.id ? 'school' : observer.unit === school.parent ? 'municipality' : null) : null;
  const save = async ({ unit, assignee, date, ...rest }: Typed) => {
    const body = Object.fromEntries(Object.entries({ ...rest, date: date?.format('YYYY-MM-DD') }).filter(([, value]) => value));
    if (visit) await change.mutateAsync({ change: { assignee: assignee ?? 0, body }, version: visit.version });
    else await create.mutateAsync({ draft: { unit, title: t('edit.title'), ...(assignee ? { assignee } : {}), body } });
    toast.success(t('edit.saved'));
  };
  const needed = [{ required: true, message: t('app:needed') }];
  const clock = [...needed, { pattern: CLOCK, message: t('edit.clock') }];
  return (
    <FormDialog<Typed> side form={form} place={`visit.${visit?.id ?? 'new'}`} base={visit?.version} start={start} name="visit" root="/body" title={t(visit ? 'edit.change' : 'edit.add')} ok={t('edit.save')} onSave={save} onClose={onClose}>
        <Form.Item name="unit" label={t('list.school')} rules={needed}><UnitField disabled={visit !== undefined} /></Form.Item>
        <Form.Item name="procedure" label={t('list.procedure')} rules={needed}><Select showSearch={{ optionFilterProp: 'label' }} options={(procedures?.items ?? []).map((one) => ({ value: one.code, label: one.title }))} /></Form.Item>
        <Form.Item name="date" label={t('list.date')} rules={needed}><DatePicker format="DD.MM.YYYY" /></Form.Item>
        <div className="oko-row">
          <Form.Item name="begin" label={t('edit.begin')} rules={clock}><Input inputMode="numeric" maxLength={5} placeholder="09:00" className="oko-clock" /></Form.Item>
          <Form.Item name="end" label={t('edit.end')} rules={clock}><Input inputMode="numeric" maxLength={5} placeholder="10:30" className="oko-clock" /></Form.Item>
        </div>
        <Form.Item name="stage" label={t('list.stage')}><Select options={STAGES.map((value) => ({ value, label: t(`stage.${value}`) }))} /></Form.Item>
        <Form.Item name="class" label={t('edit.class')}><Input maxLength={16} className="oko-clock" /></Form.Item>
        <Form.Item name="room" label={t('edit.room')}><Input maxLength={64} /></Form.Item>
        <Form.Item name="assignee" label={t('list.observer')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={(people?.items ?? []).map((one) => ({ value: one.id, label: `${one.name || one.login} (${one.login})` }))} /></Form.Item>
        {home && <Alert className="oko-gap" type="warning" showIcon role="alert" title={t(`conflict.${home}`)} description={t(`edit.conflict-${home}`)} />}
    </FormDialog>
  );
}
