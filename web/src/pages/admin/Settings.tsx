import '../../styles/admin.css';

import { Button, Form, Input, InputNumber, Popconfirm, Select, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole, useSession } from '../../app/session';
import { useChangeVersioned, useVersioned, type Versioned } from '../../parts/etag';
import { useFormat } from '../../parts/format';
import { KeptForm } from '../../parts/KeptForm';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

type Settings = Schemas['Settings'];
type Body = Schemas['SettingsBody'];

function Office({ settings }: { settings: Versioned<Settings> }) {
  const { t } = useTranslation(['admin', 'app']);
  const change = useChangeVersioned<Settings>();
  const save = async (body: Body) => {
    await change.mutateAsync({ path: '/settings', method: 'PUT', body, version: settings.version });
    toast.success(t('settings.saved'));
  };
  const { organisation, signer, contact, lang, published_min } = settings.value;
  return (
    <section className="oko-section">
      <KeptForm<Body> place="settings" base={settings.version} requiredMark={false} start={{ organisation, signer, contact, lang, published_min }} onSave={save}>
      <Form.Item name="organisation" label={t('settings.organisation')} extra={t('settings.organisation-what')}><Input maxLength={190} /></Form.Item>
      <Form.Item name="signer" label={t('settings.signer')} extra={t('settings.signer-what')}><Input maxLength={90} /></Form.Item>
      <Form.Item name="contact" label={t('settings.contact')} extra={t('settings.contact-what')}><Input maxLength={190} /></Form.Item>
      <div className="oko-fields">
        <Form.Item name="lang" label={t('settings.lang')}><Select options={(['ru', 'en'] as const).map((value) => ({ value, label: t(`app:languages.${value}`) }))} /></Form.Item>
        <Form.Item name="published_min" label={t('settings.min')} extra={t('settings.min-what')}><InputNumber min={10} max={100} precision={0} /></Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={change.isPending}>{t('app:save')}</Button>
      </KeptForm>
    </section>
  );
}

function History() {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const history = $api.useQuery('get', '/settings/history');
  return (
    <section className="oko-section">
      <h2>{t('settings.history')}</h2>
      <Loaded of={history} rows={2}>
        {(data) => (data.total === 0 ? <p className="oko-quiet">{t('settings.history-none')}</p> : (
          <Timeline items={[...data.items].reverse().map((one) => ({
            content: (
              <div key={one.version}>
                <div>{[one.organisation, one.signer, one.contact].filter(Boolean).join(' · ') || t('settings.start')} · {t('settings.min')} {one.published_min}</div>
                <div className="oko-quiet">{t('settings.by', { when: format.time(one.updated), who: one.updated_by_name ?? t('settings.nobody') })}</div>
              </div>
            ),
          }))} />
        ))}
      </Loaded>
    </section>
  );
}

function Demo() {
  const { t } = useTranslation('admin');
  const tell = useTellFailure();
  const { signOut } = useSession();
  const state = $api.useQuery('get', '/setup');
  const [busy, setBusy] = useState(false);
  // No mutation of the cache: its reads would ask for a sign-in before the person is signed out.
  const go = async () => {
    setBusy(true);
    try {
      await api.POST('/demo/reset', { body: { confirm: true } });
      toast.success(t('settings.demo-done'));
      await signOut();
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  if (!state.data?.demo) return null;
  return (
    <section className="oko-section">
      <h2>{t('settings.demo')}</h2>
      <p>{t('settings.demo-what')}</p>
      <Popconfirm title={t('settings.demo-sure')} okText={t('settings.demo-reset')} onConfirm={() => void go()}><Button danger loading={busy}>{t('settings.demo-reset')}</Button></Popconfirm>
    </section>
  );
}

function Templates() {
  const { t } = useTranslation('admin');
  const keep = useKeep();
  return (
    <section className="oko-section">
      <h2>{t('settings.templates')}</h2>
      <p>{t('settings.templates-what')}</p>
      <Link to={keep('/recommendations/templates')}>{t('settings.templates-go')}</Link>
    </section>
  );
}

export default function SettingsPage() {
  const { t } = useTranslation('admin');
  const operator = useRole('operator');
  const settings = useVersioned<Settings>('/settings');
  return (
    <>
      <PageHead title={t('page.settings')} what={t('settings.what')} />
      <div className="oko-columns">
        <Loaded of={settings}>{(found) => <Office key={found.version} settings={found} />}</Loaded>
        <div className="oko-stack">
          <Demo />
          {operator && <Templates />}
          <History />
        </div>
      </div>
    </>
  );
}
