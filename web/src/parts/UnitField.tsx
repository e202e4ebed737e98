import { ApartmentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../api/client';
import { late } from '../app/late';

const UnitPicker = late(() => import('./UnitPicker'));

interface Props { id?: string; value?: number; onChange?: (unit: number) => void; disabled?: boolean }

/** Field of a form that holds a unit; the tree or the search opens in a dialog. */
export function UnitField({ id, value, onChange, disabled }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data } = $api.useQuery('get', '/units/{id}', { params: { path: { id: value ?? 0 } } }, { enabled: value !== undefined && value > 0 });
  const name = value ? (data?.name ?? '…') : t('app:unit-picker.title');
  return (
    <>
      <Button id={id} icon={<ApartmentOutlined />} className="oko-unit" disabled={disabled} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span className="oko-unit-name">{name}</span>
      </Button>
      {open && <UnitPicker chosen={value ?? null} onClose={() => setOpen(false)} onPick={(unit) => { onChange?.(unit); setOpen(false); }} />}
    </>
  );
}
