import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
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
  if (data.open) return <p className="oko-told">{t('sign-in.open')} <Link to="/setup">{t('sign-in.set-up')}</Link></p>;
  return (
    <>
      <p>{data.organisation || t('sign-in.what')}</p>
      {data.demo && <p className="oko-told"><b>{t('demo.title')}</b><br />{t('demo.logins')}</p>}
      {data.contact && <p className="oko-quiet">{t('sign-in.contact', { contact: data.contact })}</p>}
    </>
  );
}

/** Plain fields: Form and Input of Ant Design would be a quarter of the first load. */
export default function SignIn() {
  const { t } = useTranslation();
  const { busy, failure, submit } = useSignIn();
  const [missing, setMissing] = useState<'login' | 'password' | null>(null);
  const [seen, setSeen] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = event.currentTarget.elements as unknown as Record<'login' | 'password', HTMLInputElement>;
    const empty = (['login', 'password'] as const).find((name) => fields[name].value.trim() === '') ?? null;
    setMissing(empty);
    if (empty) fields[empty].focus();
    else void submit(fields.login.value, fields.password.value);
  };
  const told = missing ? t(`sign-in.${missing}-needed`) : failure;
  const field = (name: 'login' | 'password') => ({ id: name, name, className: 'oko-input', 'aria-invalid': missing === name, 'aria-describedby': told ? 'refusal' : undefined });
  return (
    <main className="oko-door">
      <div className="oko-door-card">
        <div className="oko-brand"><img src="/eye.svg" alt="" width={40} height={40} /><h1>{t('brand')}</h1></div>
        <Office />
        <form className="oko-door-form" noValidate onSubmit={send}>
          {told && <p id="refusal" role="alert" className="oko-refusal">{told}</p>}
          <label htmlFor="login">{t('sign-in.login')}</label>
          <input {...field('login')} autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
          <label htmlFor="password">{t('sign-in.password')}</label>
          <div className="oko-secret">
            <input {...field('password')} type={seen ? 'text' : 'password'} autoComplete="current-password" />
            <Button type="text" icon={seen ? <EyeOutlined /> : <EyeInvisibleOutlined />} aria-pressed={seen} aria-label={t('sign-in.show')} onClick={() => setSeen(!seen)} />
          </div>
          <Button type="primary" htmlType="submit" block loading={busy}>{t('sign-in.go')}</Button>
        </form>
        <div className="oko-door-foot"><LanguageSwitch /></div>
      </div>
    </main>
  );
}
