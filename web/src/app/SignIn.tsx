import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Link } from 'react-router';

import { $api } from '../api/client';
import { Problem } from '../api/problem';
import { LanguageSwitch } from './LanguageSwitch';
import { useSession } from './session';

export function useSignIn() {
  const { signIn } = useSession();
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const submit = async (login: string, password: string) => {
    setBusy(true);
    setFailure('');
    try {
      await signIn(login.trim().toLowerCase(), password);
    } catch (error) {
      setFailure(error instanceof Problem ? error.message : t('offline.now'));
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, submit };
}

/** What the office says before anybody has signed in: its name, whom to ask, that nothing is set up, that all is made up. */
function Office() {
  const { t } = useTranslation();
  const { data } = $api.useQuery('get', '/setup', {}, { staleTime: Infinity });
  if (!data) return <p>{t('sign-in.what')}</p>;
  if (data.open) return <Alert type="info" showIcon className="oko-gap" title={t('sign-in.open')} action={<Link to="/setup">{t('sign-in.set-up')}</Link>} />;
  return (
    <>
      <p>{data.organisation || t('sign-in.what')}</p>
      {data.demo && <Alert type="info" showIcon className="oko-gap" title={<><strong>{t('demo.title')}</strong><br />{t('demo.logins')}</>} />}
      {data.contact && <p className="oko-quiet">{t('sign-in.contact', { contact: data.contact })}</p>}
    </>
  );
}

export function SignIn() {
  const { t } = useTranslation();
  const { busy, failure, submit } = useSignIn();
  return (
    <main className="oko-door">
      <div className="oko-door-card">
        <div className="oko-brand"><img src="/eye.svg" alt="" width={40} height={40} /><h1>{t('brand')}</h1></div>
        <Office />
        <Form layout="vertical" requiredMark={false} onFinish={({ login, password }: { login: string; password: string }) => void submit(login, password)}>
          {failure && <Alert type="error" showIcon title={failure} role="alert" className="oko-gap" />}
          <Form.Item name="login" label={t('sign-in.login')} rules={[{ required: true, message: t('sign-in.login-needed') }]}>
            <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
          <Form.Item name="password" label={t('sign-in.password')} rules={[{ required: true, message: t('sign-in.password-needed') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>{t('sign-in.go')}</Button>
        </Form>
        <div className="oko-door-foot"><LanguageSwitch /></div>
      </div>
    </main>
  );
}
