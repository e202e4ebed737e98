import { Alert, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useMe, type Role } from '../../app/session';
import { useChangeVersioned } from '../../parts/etag';
import { FormDialog } from '../../parts/FormDialog';
import { toast } from '../../parts/toast';
import { InviteDialog } from './invite';
import { UnitField } from './UnitField';

type User = Schemas['User'];
type Body = Schemas['UserBody'];
const ROLES: Record<string, readonly Role[]> = {
  admin: ['operator', 'head', 'municipal', 'school', 'observer', 'auditor', 'admin'],
  operator: ['operator', 'head', 'municipal', 'school', 'observer', 'auditor'],
  municipal: ['school', 'observer'],
};
interface Props { user?: User; start?: Partial<Body>; onClose: () => void }

function Fields({ known, self }: { known: boolean; self: boolean }) {
  const { t } = useTranslation(['admin', 'app']);
  const me = useMe();
  const role = Form.useWatch('role') as Role | undefined;
  const needed = { required: true, message: t('app:needed') };
  const bound = role === 'municipal' || role === 'school' || me.unit !== null; // whoever has a unit makes nobody above it
  return (
    <>
      <Form.Item name="name" label={t('users.name')} rules={[needed]}><Input autoFocus maxLength={90} autoComplete="off" /></Form.Item>
      {!known && (
        <Form.Item name="login" label={t('users.login')} extra={t('users.login-what')} rules={[needed, { pattern: /^[a-z0-9][a-z0-9._@-]+$/, message: t('users.login-what') }]}>
          <Input maxLength={60} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item name="role" label={t('users.role')} rules={[needed]} extra={role && t(`users.role-what.${role}`)}>
        <Select disabled={self} options={(ROLES[me.role] ?? []).map((one) => ({ value: one, label: t(`app:role.${one}`) }))} />
      </Form.Item>
      <Form.Item name="unit" label={t('users.unit')} rules={bound ? [{ required: true, message: t('users.unit-needed') }] : []}>
        <UnitField label={t('users.unit')} {...(bound ? {} : { none: t('users.everything') })} />
      </Form.Item>
      <Form.Item name="email" label={t('users.email')}><Input type="email" maxLength={90} autoComplete="off" /></Form.Item>
    </>
  );
}

/** A new person, invited at once, or a change of one. */
export function UserForm({ user, start, onClose }: Props) {
  const { t } = useTranslation(['admin', 'app']);
  const me = useMe();
  const self = me.id === user?.id;
  const create = $api.useMutation('post', '/users');
  const change = useChangeVersioned<User>();
  const [invitation, setInvitation] = useState<Schemas['Invitation'] | null>(null);
  const save = async (typed: Body) => {
    if (user) {
      const body = { name: typed.name, email: typed.email ?? '', ...(self ? {} : { role: typed.role, unit: typed.unit ?? null }) };
      await change.mutateAsync({ path: `/users/${user.id}`, method: 'PATCH', version: user.version, body });
      toast.success(t('users.saved'));
      onClose();
    } else {
      setInvitation(await create.mutateAsync({ body: { ...typed, email: typed.email ?? '', unit: typed.unit ?? null } }));
    }
  };
  if (invitation) return <InviteDialog invitation={invitation} onClose={onClose} />;
  return (
    <FormDialog<Body> stays place={`user.${user?.id ?? 'new'}`} base={user?.version} start={(user ?? { role: 'school', unit: me.unit, ...start }) as Partial<Body>} requiredMark={false} title={user ? user.name : t('users.add')} ok={t(user ? 'app:save' : 'users.add')}
      lead={self && <Alert type="info" showIcon title={t('users.self')} className="oko-gap" />} onSave={save} onClose={onClose}>
      <Fields known={user !== undefined} self={self} />
    </FormDialog>
  );
}
