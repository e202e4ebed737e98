import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api } from '../api/client';
import { useSaid } from '../parts/ProblemAlert';
import { useSession } from './session';

interface Typed { current: string; password: string; again: string }

/** Somebody whose password was set by others chooses an own one before anything else. */
export default function NewPassword() {
  const { t } = useTranslation();
  const { refresh, signOut } = useSession();
  const said = useSaid();
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async ({ current, password }: Typed) => {
    setBusy(true);
    setFailure('');
    try {
      await api.PUT('/me/password', { body: { current, password } });
      await refresh();
    } catch (error) {
      setFailure(said(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="oko-door">
      <div className="oko-door-card">
        <h1>{t('password.title')}</h1>
        <p>{t('password.what')}</p>
        <Form layout="vertical" requiredMark={false} onFinish={(typed: Typed) => void save(typed)}>
          {failure && <Alert type="error" showIcon title={failure} role="alert" className="oko-gap" />}
          <Form.Item name="current" label={t('password.current')} rules={[{ required: true, message: t('sign-in.password-needed') }]}>
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="password" label={t('password.new')} rules={[{ required: true, message: t('sign-in.password-needed') }]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="again" label={t('password.again')} dependencies={['password']}
            rules={[{ required: true, message: t('sign-in.password-needed') }, ({ getFieldValue }) => ({
              validator: (_, value) => (value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('password.differs')))),
            })]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>{t('password.save')}</Button>{' '}
          <Button type="link" onClick={() => void signOut()}>{t('user.sign-out')}</Button>
        </Form>
      </div>
    </main>
  );
}
