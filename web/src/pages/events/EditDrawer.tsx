import { useTranslation } from 'react-i18next';

import { FormDialog } from '../../parts/FormDialog';
import { useChange } from '../../parts/records';
import { toast } from '../../parts/toast';
import type { Event } from './event';
import { EventFields, fromBody, toBody, type Typed } from './EventForm';

export default function EditDrawer({ event, onClose }: { event: Event; onClose: () => void }) {
  const { t } = useTranslation(['events', 'app']);
  const change = useChange('event', event.id);
  const save = async (all: Typed) => {
    await change.mutateAsync({ change: { title: all.title, body: toBody(all, event.body) }, version: event.version });
    toast.success(t('events:saved'));
  };
  return (
    <FormDialog<Typed> side scrollToFirstError place={`event.${event.id}`} base={event.version} start={fromBody(event.title, event.body)} title={t('events:edit')} ok={t('app:save')} onSave={save} onClose={onClose}>
      <EventFields />
    </FormDialog>
  );
}
