import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useMe } from '../../app/session';
import { useChangeVersioned } from '../../parts/etag';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

type User = Schemas['User'];
type Act = 'reset' | 'unlock' | 'disable' | 'enable';

function actsOf(user: User): Act[] {
  if (user.state === 'disabled') return ['enable'];
  return ['reset', ...(user.locked_until ? ['unlock' as const] : []), 'disable'];
}

/** What can be done with an account: edit, another invitation, unlock, disable or enable. */
export function UserActs({ user, onEdit, onInvited }: { user: User; onEdit: () => void; onInvited: (invitation: Schemas['Invitation']) => void }) {
  const { t } = useTranslation(['admin', 'app']);
  const tell = useTellFailure();
  const self = useMe().id === user.id;
  const [asking, setAsking] = useState<'reset' | 'disable' | null>(null);
  const invite = $api.useMutation('post', '/users/{id}/invitation');
  const unlock = $api.useMutation('delete', '/users/{id}/lock');
  const change = useChangeVersioned<User>();
  const path = { params: { path: { id: user.id } } };
  const failed = { onError: (error: unknown) => tell(error), onSettled: () => setAsking(null) };
  const turn = (state: 'active' | 'disabled') => change.mutate({ path: `/users/${user.id}`, method: 'PATCH', version: user.version, body: { state } }, { ...failed, onSuccess: () => toast.success(t(state === 'active' ? 'users.enabled' : 'users.disabled')) });
  const act = (what: Act) => {
    if (what === 'reset' || what === 'disable') setAsking(what);
    else if (what === 'enable') turn('active');
    else unlock.mutate(path, { ...failed, onSuccess: () => toast.success(t('users.unlocked')) });
  };
  const sure = () => (asking === 'reset' ? invite.mutate(path, { ...failed, onSuccess: onInvited }) : turn('disabled'));
  const name = (what: Act) => t(what === 'reset' && user.state === 'invited' ? 'users.again' : `users.${what}`);
  return (
    <span className="oko-acts">
      <Button size="small" onClick={onEdit}>{t('users.edit')}</Button>
      {!self && (
        <Dropdown trigger={['click']} menu={{ items: actsOf(user).map((what) => ({ key: what, label: name(what), danger: what === 'disable' })), onClick: ({ key }) => act(key as Act) }}>
          <Button size="small" icon={<MoreOutlined />} aria-haspopup="menu" aria-label={t('users.more', { name: user.name })} />
        </Dropdown>
      )}
      {asking && (
        <Modal open title={`${name(asking)}: ${user.name}`} onCancel={() => setAsking(null)} okText={name(asking)} okButtonProps={{ danger: asking === 'disable' }} confirmLoading={invite.isPending || change.isPending} onOk={sure}>
          <p>{t(`users.${asking}-sure`)}</p>
        </Modal>
      )}
    </span>
  );
}
