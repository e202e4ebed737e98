import { UserOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { late } from './late';
import { useMe } from './session';

const Choices = late(() => import('./UserChoices'));
const prepare = () => void Choices.prepare().catch(() => undefined);

/** Who has signed in; the choices behind it come when they are asked for. */
export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const [asked, setAsked] = useState(false);
  const button = (
    <Button type="text" icon={<UserOutlined />} aria-haspopup="menu" aria-label={t('user.menu', { name: me.name })}
      onPointerEnter={prepare} onFocus={prepare} onClick={() => setAsked(true)}>
      <span className="oko-user">{me.name}</span>
    </Button>
  );
  return asked ? <Choices waiting={button}>{button}</Choices> : button;
}
