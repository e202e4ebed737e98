import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { UserForm } from './UserForm';
import type { Unit } from './units';

/** Who has an account at this very unit. */
export function UnitPeople({ unit }: { unit: Unit }) {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  const may = useRole('operator');
  const [adding, setAdding] = useState(false);
  const people = $api.useQuery('get', '/users', { params: { query: { unit: unit.id, limit: 50 } } });
  return (
    <section className="oko-section">
      <h2>{t('unit.members')}</h2>
      <Loaded of={people} rows={2}>
        {(data) => {
          const own = data.items.filter((user) => user.unit === unit.id);
          if (own.length === 0) return <p className="oko-quiet">{t('unit.members-none')}</p>;
          return <ul className="oko-links">{own.map((user) => <li key={user.id}><Link to={keep('/admin/users', { unit: unit.id })}>{user.name}</Link> · {t(`app:role.${user.role}`)} · {t(`users.states.${user.state}`)}</li>)}</ul>;
        }}
      </Loaded>
      {may && unit.level !== 'class' && <Button onClick={() => setAdding(true)}>{t('unit.members-add')}</Button>}
      {adding && <UserForm start={{ unit: unit.id, role: unit.level === 'school' ? 'school' : unit.level === 'municipality' ? 'municipal' : 'operator' }} onClose={() => setAdding(false)} />}
    </section>
  );
}
