import { Alert, Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';

import { $api, api } from '../../api/client';
import { useSession } from '../../app/session';
import { keptLanguage } from '../../app/texts';
import { Loaded } from '../../parts/Loaded';
import { KeptForm } from '../../parts/KeptForm';
import { useSaid } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { Door } from './Door';
import { same } from './passwords';

interface Person { login: string; name: string; password: string; again: string }
interface Typed { code: string; region: { code: string; name: string }; admin: Person; with: boolean; operator?: Person }
const LOGIN = /^[a-z0-9][a-z0-9._@-]+$/;
const bare = ({ login, name, password }: Person) => ({ login, name, password });

function PersonFields({ of }: { of: 'admin' | 'operator' }) {
  const { t } = useTranslation(['account', 'app']);
  const needed = { required: true, message: t('app:needed') };
  return (
    <div className="oko-fields">
      <Form.Item name={[of, 'name']} label={t('setup.name')} rules={[needed]}><Input autoComplete="off" maxLength={90} /></Form.Item>
      <Form.Item name={[of, 'login']} label={t('setup.login')} extra={t('setup.login-what')} rules={[needed, { pattern: LOGIN, message: t('setup.login-wrong') }]}>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={60} />
      </Form.Item>
      <Form.Item name={[of, 'password']} label={t('setup.password')} extra={t('setup.password-what')} rules={[needed]}><Input.Password autoComplete="new-password" /></Form.Item>
      <Form.Item name={[of, 'again']} label={t('setup.again')} dependencies={[[of, 'password']]} rules={[needed, same([of, 'password'], t('password.differs'))]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </div>
  );
}

function SetUpForm() {
  const { t } = useTranslation(['account', 'app']);
  const { hash } = useLocation();
  const { signIn } = useSession();
  const navigate = useNavigate();
  const [form] = Form.useForm<Typed>();
  const said = useSaid();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const two = Form.useWatch('with', form) ?? true;
  const needed = { required: true, message: t('app:needed') };
  const go = async (typed: Typed) => {
    setBusy(true);
    setFailure('');
    try {
      const body = { code: typed.code, lang: keptLanguage(), region: typed.region, admin: bare(typed.admin), ...(two && typed.operator ? { operator: bare(typed.operator) } : {}) };
      await api.POST('/setup', { body });
      toast.success(t('setup.done'));
      const first = two && typed.operator ? typed.operator : typed.admin;
      await signIn(first.login, first.password);
      await navigate('/', { replace: true });
    } catch (error) {
      setFailure(said(error));
      throw error;
    } finally {
      setBusy(false);
    }
  };
  return (
    <KeptForm<Typed> form={form} place="setup" secret={['code', 'password', 'again']} requiredMark={false} start={{ code: hash.slice(1), with: true }} onSave={go}>
      {failure && <Alert type="error" showIcon role="alert" title={failure} className="oko-gap" />}
      <Form.Item name="code" label={t('setup.code')} extra={t('setup.code-what')} rules={[needed]}><Input autoComplete="off" spellCheck={false} maxLength={40} /></Form.Item>
      <h2 className="oko-h3">{t('setup.region')}</h2>
      <div className="oko-fields">
        <Form.Item name={['region', 'name']} label={t('setup.region-name')} rules={[needed]}><Input maxLength={390} /></Form.Item>
        <Form.Item name={['region', 'code']} label={t('setup.region-code')} extra={t('setup.region-code-what')} rules={[needed]}><Input maxLength={60} /></Form.Item>
      </div>
      <h2 className="oko-h3">{t('setup.admin')}</h2>
      <p className="oko-quiet">{t('setup.admin-what')}</p>
      <PersonFields of="admin" />
      <h2 className="oko-h3">{t('setup.operator')}</h2>
      <p className="oko-quiet">{t('setup.operator-what')}</p>
      <Form.Item name="with" valuePropName="checked"><Checkbox>{t('setup.with-operator')}</Checkbox></Form.Item>
      {two && <PersonFields of="operator" />}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>{t('setup.go')}</Button>
    </KeptForm>
  );
}

/** The first run: region and first people, once, by whoever has the code that the server printed. */
export default function SetUp() {
  const { t } = useTranslation('account');
  const state = $api.useQuery('get', '/setup', {}, { staleTime: Infinity });
  if (state.data && !state.data.open) {
    return <Door title={t('setup.closed')} what={t('setup.closed-what')}><Link to="/">{t('setup.to-sign-in')}</Link></Door>;
  }
  return <Door title={t('setup.title')} what={t('setup.what')} wide><Loaded of={state}>{() => <SetUpForm />}</Loaded></Door>;
}
