import { Alert, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMe, useSession } from './session';
import { useSignIn } from './SignIn';

/** The session has ended: the page stays as it is, what was typed too; after the password the calls go on. */
export default function SignInAgain() {
  const { t } = useTranslation();
  const me = useMe();
  const { expired, signOut } = useSession();
  const { busy, failure, submit } = useSignIn();
  return (
    <Modal open={expired} title={t('again.title')} closable={false} keyboard={false} mask={{ closable: false }} footer={null} destroyOnHidden>
      <p>{t('again.what')}</p>
      {failure && <Alert type="error" showIcon title={failure} role="alert" className="oko-gap" />}
      <Form layout="vertical" requiredMark={false} initialValues={{ login: me.login }}
        onFinish={({ login, password }: { login: string; password: string }) => void submit(login, password)}>
        <Form.Item name="login" label={t('sign-in.login')}><Input readOnly autoComplete="username" /></Form.Item>
        <Form.Item name="password" label={t('sign-in.password')} rules={[{ required: true, message: t('sign-in.password-needed') }]}>
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>{t('again.go')}</Button>{' '}
        <Button type="link" onClick={() => void signOut()}>{t('again.other')}</Button>
      </Form>
    </Modal>
  );
}
