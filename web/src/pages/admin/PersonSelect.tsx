import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useLater } from '../../parts/later';

/** A person, found by a part of the name or login. */
export function PersonSelect({ value, onChange }: { value: number | null; onChange: (id: number | null) => void }) {
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState('');
  const search = useLater(typed.trim(), 250);
  const people = $api.useQuery('get', '/users', { params: { query: { limit: 20, ...(search ? { search } : {}) } } });
  const chosen = $api.useQuery('get', '/users/{id}', { params: { path: { id: value ?? 0 } } }, { enabled: value !== null });
  const known = [...(chosen.data && !people.data?.items.some((one) => one.id === chosen.data.id) ? [chosen.data] : []), ...(people.data?.items ?? [])];
  return (
    <Select allowClear showSearch={{ filterOption: false, onSearch: setTyped }} aria-label={t('audit.person')} placeholder={t('audit.any-person')} value={value ?? undefined}
      onChange={(id?: number) => onChange(id ?? null)} options={known.map((one) => ({ value: one.id, label: `${one.name} (${one.login})` }))} />
  );
}
