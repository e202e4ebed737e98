import '../../styles/admin.css';

import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useSession } from '../../app/session';
import { changeLanguage } from '../../app/texts';
import { useChangeVersioned, useVersioned, type Versioned } from '../../parts/etag';
import { KeptForm } from '../../parts/KeptForm';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { toast } from '../../parts/toast';
import { CalendarLink } from './CalendarLink';
import { LooksForm } from './LooksForm';
import { PasswordForm } from './PasswordForm';
import { Tokens } from './Tokens';

type Me = Schemas['Me'];
interface Typed { name: string; email: string; lang: 'ru' | 'en' }

function Who({ me }: { me: Versioned<Me> }) {
  const { t } = useTranslation(['account', 'app']);
  const { refresh } = useSession();
  const change = useChangeVersioned<Me>();
  const unit = $api.useQuery('get', '/units/{id}', { params: { path: { id: me.value.unit ?? 0 } } }, { enabled: me.value.unit !== null });
  const save = async (typed: Typed) => {
    await change.mutateAsync({ path: '/me', method: 'PATCH', body: typed, version: me.version });
    await changeLanguage(typed.lang);
    await refresh();
    toast.success(t('account.saved'));
  };
  return (
    <section className="oko-section">
      <h2>{t('account.who')}</h2>
      <dl className="oko-facts oko-gap">
        <dt>{t('account.login')}</dt><dd>{me.value.login}</dd>
        <dt>{t('account.role')}</dt><dd>{t(`app:role.${me.value.role}`)}</dd>
        <dt>{t('account.unit')}</dt><dd>{me.value.unit === null ? t('account.everything') : unit.data?.name}</dd>
      </dl>
      <KeptForm<Typed> place="account" base={me.version} requiredMark={false} start={{ name: me.value.name, email: me.value.email, lang: me.value.lang }} onSave={save}>
        <Form.Item name="name" label={t('account.name')} rules={[{ required: true, message: t('app:needed') }]}><Input maxLength={90} autoComplete="name" /></Form.Item>
        <Form.Item name="email" label={t('account.email')} extra={t('account.email-what')}><Input maxLength={90} type="email" autoComplete="email" /></Form.Item>
        <Form.Item name="lang" label={t('account.lang')} extra={t('account.lang-what')}>
          <Select options={(['ru', 'en'] as const).map((one) => ({ value: one, label: t(`app:languages.${one}`) }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>{t('app:save')}</Button>
      </KeptForm>
    </section>
  );
}

export default function Account() {
  const { t } = useTranslation(['account', 'app']);
  const me = useVersioned<Me>('/me');
  return (
    <>
      <PageHead title={t('page.account')} what={t('account.what')} />
      <div className="oko-columns">
        <div className="oko-stack">
          <Loaded of={me}>{(found) => <Who key={found.version} me={found} />}</Loaded>
          <CalendarLink />
        </div>
        <div className="oko-stack">
          <LooksForm />
          <PasswordForm />
          <Tokens />
        </div>
      </div>
    </>
  );
}
