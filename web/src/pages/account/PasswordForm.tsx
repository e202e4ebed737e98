import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useMe } from '../../app/session';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { same } from './passwords';

interface Typed { current: string; password: string }

export function PasswordForm() {
  const { t } = useTranslation(['account', 'app']);
  const [form] = Form.useForm<Typed>();
  const tell = useTellFailure();
  const me = useMe();
  const change = $api.useMutation('put', '/me/password');
  const needed = { required: true, message: t('app:needed') };
  const save = ({ current, password }: Typed) => change.mutate({ body: { current, password } }, {
    onSuccess: () => { form.resetFields(); toast.success(t('password.changed')); },
    onError: (error) => tell(error, form),
  });
  return (
    <section className="oko-section">
      <h2>{t('password.title')}</h2>
      <p>{t('password.what')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={save}>
        <input type="text" autoComplete="username" value={me.login} readOnly hidden />
        <Form.Item name="current" label={t('password.current')} rules={[needed]}><Input.Password autoComplete="current-password" /></Form.Item>
        <Form.Item name="password" label={t('password.new')} rules={[needed]}><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item name="again" label={t('password.again')} dependencies={['password']} rules={[needed, same('password', t('password.differs'))]}><Input.Password autoComplete="new-password" /></Form.Item>
        <Button htmlType="submit" loading={change.isPending}>{t('password.change')}</Button>
      </Form>
    </section>
  );
}
