import { Alert, Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useDraft } from '../../app/drafts';
import { useKeep } from '../../app/context';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useCreate } from '../../parts/records';
import '../../styles/events.css';
import { EventForm, toBody, type Typed } from './EventForm';

/** A new event; what is typed stays in this browser until it was saved. */
export default function NewPage() {
  const { t } = useTranslation(['events', 'app']);
  const [form] = Form.useForm<Typed>();
  const [typed, type, draft] = useDraft<Typed>('event.new', {});
  const navigate = useNavigate();
  const keep = useKeep();
  const create = useCreate('event');
  const tell = useTellFailure();
  const save = (all: Typed) => {
    const body = Object.fromEntries(Object.entries(toBody(all, {})).filter(([, value]) => value !== null));
    create.mutate({ draft: { title: all.title, body } }, {
      onSuccess: (made) => { draft.forget(); void navigate(keep(`/events/${made.id}`)); },
      onError: (error) => tell(error, undefined),
    });
  };
  return (
    <>
      <PageHead title={t('events:page.new')} what={t('events:new-what')} crumbs={[{ title: t('events:page.list'), to: keep('/events') }, { title: t('events:page.new') }]} />
      {draft.kept && <Alert type="info" showIcon title={t('events:draft-kept')} className="oko-gap" action={<Button onClick={() => { draft.forget(); form.resetFields(); type({}); draft.forget(); location.reload(); }}>{t('events:draft-forget')}</Button>} />}
      <div className="oko-form">
        <EventForm form={form} initial={typed} onFinish={save} onType={type} />
        <Button type="primary" loading={create.isPending} onClick={() => form.submit()}>{t('events:save-draft')}</Button>
      </div>
    </>
  );
}
