import { UserOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { patient } from './patient';
import { useMe } from './session';

const load = () => import('./UserChoices');
const Choices = lazy(patient(load));

/** Who has signed in; the choices behind it come when they are asked for. */
export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const [asked, setAsked] = useState(false);
  const button = (
    <Button type="text" icon={<UserOutlined />} aria-haspopup="menu" aria-label={t('user.menu', { name: me.name })}
      onPointerEnter={() => void load()} onFocus={() => void load()} onClick={() => setAsked(true)}>
      <span className="oko-user">{me.name}</span>
    </Button>
  );
  return asked ? <Suspense fallback={button}><Choices>{button}</Choices></Suspense> : button;
}
