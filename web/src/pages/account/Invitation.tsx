import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';

import { $api, api } from '../../api/client';
import { useSession } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { useSaid } from '../../parts/ProblemAlert';
import { Problem } from '../../api/problem';
import { Door } from './Door';
import { same } from './passwords';

function Choose({ secret, login }: { secret: string; login: string }) {
  const { t } = useTranslation(['account', 'app']);
  const { signIn } = useSession();
  const navigate = useNavigate();
  const said = useSaid();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const go = async ({ password }: { password: string }) => {
    setBusy(true);
    setFailure('');
    try {
      await api.POST('/invitations/accept', { body: { secret, password } });
      await signIn(login, password);
      await navigate('/', { replace: true });
    } catch (error) {
      setFailure(said(error));
    } finally {
      setBusy(false);
    }
  };
  const needed = { required: true, message: t('app:needed') };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(typed: { password: string }) => void go(typed)}>
      {failure && <Alert type="error" showIcon role="alert" title={failure} className="oko-gap" />}
      <input type="text" autoComplete="username" value={login} readOnly hidden />
      <Form.Item name="password" label={t('invitation.password')} extra={t('setup.password-what')} rules={[needed]}>
        <Input.Password autoFocus autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="again" label={t('invitation.again')} dependencies={['password']} rules={[needed, same('password', t('password.differs'))]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>{t('invitation.go')}</Button>
    </Form>
  );
}

/** Whoever got a link chooses a password; the secret stands after "#", which no browser sends. */
export default function Invitation() {
  const { t } = useTranslation(['account', 'app']);
  const { hash } = useLocation();
  const secret = hash.slice(1);
  const asked = $api.useQuery('post', '/invitations/look', { body: { secret } }, { enabled: secret.length >= 16, staleTime: Infinity });
  if (secret.length < 16) return <Door title={t('invitation.none')} what={t('invitation.none-what')} />;
  if (asked.error instanceof Problem && (asked.error as Problem).status === 404) return <Door title={t('invitation.gone')} what={t('invitation.gone-what')} />;
  return (
    <Door title={t('invitation.title')} what={t('invitation.what')}>
      <Loaded of={asked}>
        {(who) => (
          <>
            <p>
              <strong>{t('invitation.who', { name: who.name, role: t(`app:role.${who.role}`) })}</strong><br />
              {who.unit_name && who.unit_name !== who.name && <>{t('invitation.of', { unit: who.unit_name })}<br /></>}
              {t('invitation.login', { login: who.login })}
            </p>
            <Choose secret={secret} login={who.login} />
          </>
        )}
      </Loaded>
    </Door>
  );
}
