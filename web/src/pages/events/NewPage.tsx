import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useKeep } from '../../app/context';
import { KeptForm } from '../../parts/KeptForm';
import { PageHead } from '../../parts/PageHead';
import { useCreate } from '../../parts/records';
import '../../styles/events.css';
import { EventFields, toBody, type Typed } from './EventForm';

/** A new event; what is typed stays in this browser until it was saved. */
export default function NewPage() {
  const { t } = useTranslation(['events', 'app']);
  const navigate = useNavigate();
  const keep = useKeep();
  const create = useCreate('event');
  const save = async (all: Typed) => {
    const body = Object.fromEntries(Object.entries(toBody(all, {})).filter(([, value]) => value !== null));
    const made = await create.mutateAsync({ draft: { title: all.title, body } });
    await navigate(keep(`/events/${made.id}`));
  };
  return (
    <>
      <PageHead title={t('events:page.new')} what={t('events:new-what')} crumbs={[{ title: t('events:page.list'), to: keep('/events') }, { title: t('events:page.new') }]} />
      <div className="oko-form">
        <KeptForm<Typed> scrollToFirstError place="event.new" onSave={save}>
          <EventFields />
          <Button type="primary" htmlType="submit" loading={create.isPending}>{t('events:save-draft')}</Button>
        </KeptForm>
      </div>
    </>
  );
}
