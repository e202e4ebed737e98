import '../../styles/admin.css';

import { CheckCircleOutlined, MailOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { EVERYBODY } from '../../app/area';
import { useRole } from '../../app/session';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { ImportPeople } from './ImportPeople';
import { InviteAll } from './InviteAll';
import { InviteDialog } from './invite';
import { UserActs } from './UserActs';
import { UserForm } from './UserForm';

type User = Schemas['User'];
const STATES = ['invited', 'active', 'disabled'] as const;
const ICONS = { invited: <MailOutlined />, active: <CheckCircleOutlined />, disabled: <StopOutlined /> };
const COLOURS = { invited: 'processing', active: 'success', disabled: 'default' };

function People({ search, may, onEdit, onInvited }: { search: string; may: boolean; onEdit: (user: User) => void; onInvited: (invitation: Schemas['Invitation']) => void }) {
  const { t } = useTranslation(['admin', 'app']);
  const { unit } = useContextBar();
  const [params] = useSearchParams();
  const format = useFormat();
  const paging = usePaging();
  const role = params.get('role') as User['role'] | null;
  const state = params.get('state') as User['state'] | null;
  const query = { limit: paging.limit, offset: paging.offset, ...(unit === null ? {} : { unit }), ...(search ? { search } : {}), ...(role ? { role } : {}), ...(state ? { state } : {}) };
  const people = $api.useQuery('get', '/users', { params: { query } });
  return (
    <Loaded of={people}>
      {(data) => (data.total === 0 ? <EmptyState why={t('users.empty')} next={may && <p>{t('users.empty-next')}</p>} /> : (
        <DataTable<User> name={t('page.users')} dataSource={data.items} total={data.total} paging={paging} columns={[
          { title: t('users.name'), dataIndex: 'name', width: 320, className: 'oko-wrap', render: (name: string, user) => <>{name}{user.unit_name && user.unit_name !== name && <div className="oko-quiet">{user.unit_name}</div>}</> },
          { title: t('users.login'), dataIndex: 'login' },
          { title: t('users.role'), dataIndex: 'role', render: (one: string) => t(`app:role.${one}`) },
          { title: t('users.state'), dataIndex: 'state', render: (one: User['state'], user) => (
            <>
              <Tag icon={ICONS[one]} color={COLOURS[one]}>{t(`users.states.${one}`)}</Tag>
              {user.locked_until && <Tag color="warning">{t('users.locked', { until: format.time(user.locked_until) })}</Tag>}
            </>
          ) },
          ...(may ? [{ title: '', key: 'act', render: (_: unknown, user: User) => <UserActs user={user} onEdit={() => onEdit(user)} onInvited={onInvited} /> }] : []),
        ]} />
      ))}
    </Loaded>
  );
}

export default function Users() {
  const { t } = useTranslation(['admin', 'app']);
  const { unit } = useContextBar();
  const may = useRole('admin', 'operator', 'municipal');
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('q') ?? '');
  const search = useLater(typed.trim(), 250);
  const [doing, setDoing] = useState<'add' | 'import' | User | null>(null);
  const [invitation, setInvitation] = useState<Schemas['Invitation'] | null>(null);
  const filter = (name: string, value?: string) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (value) next.set(name, value); else next.delete(name);
    next.delete('page');
    return next;
  });
  return (
    <>
      <PageHead title={t('page.users')} what={t('users.what')}>
        {may && <><InviteAll unit={unit} /><Button onClick={() => setDoing('import')}>{t('users.import')}</Button><Button type="primary" onClick={() => setDoing('add')}>{t('users.add')}</Button></>}
      </PageHead>
      <div className="oko-filters">
        <Input.Search allowClear aria-label={t('users.search')} placeholder={t('users.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Select allowClear aria-label={t('users.role')} placeholder={t('users.any-role')} value={params.get('role') ?? undefined} onChange={(value?: string) => filter('role', value)} options={EVERYBODY.map((value) => ({ value, label: t(`app:role.${value}`) }))} />
        <Select allowClear aria-label={t('users.state')} placeholder={t('users.any-state')} value={params.get('state') ?? undefined} onChange={(value?: string) => filter('state', value)} options={STATES.map((value) => ({ value, label: t(`users.states.${value}`) }))} />
      </div>
      <People search={search} may={may} onEdit={setDoing} onInvited={setInvitation} />
      {doing === 'add' && <UserForm onClose={() => setDoing(null)} />}
      {doing === 'import' && <ImportPeople onClose={() => setDoing(null)} />}
      {doing !== null && typeof doing === 'object' && <UserForm user={doing} onClose={() => setDoing(null)} />}
      {invitation && <InviteDialog invitation={invitation} onClose={() => setInvitation(null)} />}
    </>
  );
}
