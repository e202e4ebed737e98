import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { late } from '../../app/late';

const UnitPicker = late(() => import('../../parts/UnitPicker'));

interface Props { id?: string; value?: number | null; onChange?: (unit: number | null) => void; none?: string; label?: string }

/** A unit in a form: its name, and the tree to choose another. `none`: words for no unit, which can then be chosen. */
export function UnitField({ id, value = null, onChange, none, label }: Props) {
  const { t } = useTranslation('admin');
  const [open, setOpen] = useState(false);
  const unit = $api.useQuery('get', '/units/{id}', { params: { path: { id: value ?? 0 } } }, { enabled: value !== null });
  const name = value === null ? none ?? t('units.choose') : unit.data?.name ?? '…';
  return (
    <span className="oko-row">
      <Button id={id} aria-haspopup="dialog" aria-label={label ? `${label}: ${name}` : undefined} onClick={() => setOpen(true)} className="oko-unit"><span className="oko-unit-name">{name}</span></Button>
      {none !== undefined && value !== null && <Button type="link" onClick={() => onChange?.(null)}>{none}</Button>}
      {open && <UnitPicker chosen={value} onClose={() => setOpen(false)} onPick={(picked) => { onChange?.(picked); setOpen(false); }} />}
    </span>
  );
}
