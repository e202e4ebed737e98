import { Button, Drawer, Form } from 'antd';
import { useTranslation } from 'react-i18next';

import { useDraft } from '../../app/drafts';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useChange } from '../../parts/records';
import { toast } from '../../parts/toast';
import type { Event } from './event';
import { EventForm, fromBody, toBody, type Typed } from './EventForm';

export default function EditDrawer({ event, onClose }: { event: Event; onClose: () => void }) {
  const { t } = useTranslation(['events', 'app']);
  const [form] = Form.useForm<Typed>();
  const [typed, type, draft] = useDraft<Typed>(`event.${event.id}.${event.version}`, fromBody(event.title, event.body));
  const change = useChange('event', event.id);
  const tell = useTellFailure();
  const save = (all: Typed) => change.mutate({ change: { title: all.title, body: toBody(all, event.body) }, version: event.version }, {
    onSuccess: () => { draft.forget(); toast.success(t('events:saved')); onClose(); },
    onError: (error) => tell(error),
  });
  return (
    <Drawer open size="large" onClose={onClose} title={t('events:edit')} extra={<Button type="primary" loading={change.isPending} onClick={() => form.submit()}>{t('app:save')}</Button>}>
      <EventForm form={form} initial={typed} onFinish={save} onType={type} />
    </Drawer>
  );
}
