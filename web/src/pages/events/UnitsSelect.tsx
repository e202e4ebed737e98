import { Select } from 'antd';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useLater } from '../../parts/later';
import { call } from '../../parts/records';

interface Props { id?: string; value?: number[]; onChange?: (value: number[]) => void }
interface Named { id: number; name: string; code: string }

/** Several organisations, found by name or code. */
export function UnitsSelect({ id, value = [], onChange }: Props) {
  const { t } = useTranslation('events');
  const [typed, setTyped] = useState('');
  const search = useLater(typed.trim(), 250);
  const found = $api.useQuery('get', '/units', { params: { query: { search, limit: 30 } } }, { enabled: search !== '' });
  // Names of those that were chosen earlier.
  const named = useQueries({ queries: value.map((unit) => ({ queryKey: ['unit-name', unit], queryFn: () => call<Named>(`/units/${unit}`), staleTime: Infinity })) });
  const label = (unit: Named) => (unit.name === unit.code ? unit.name : `${unit.name} · ${unit.code}`);
  const options = new Map<number, string>();
  named.forEach((one) => { if (one.data) options.set(one.data.id, label(one.data)); });
  found.data?.items.forEach((unit) => options.set(unit.id, label(unit)));
  return (
    <Select id={id} mode="multiple" allowClear value={value} onChange={onChange} placeholder={t('audience.units-like')} notFoundContent={search ? t('audience.units-none') : t('audience.units-like')}
      showSearch={{ filterOption: false, onSearch: setTyped }} options={[...options].map(([unit, name]) => ({ value: unit, label: name }))} />
  );
}
