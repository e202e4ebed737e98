import { Dropdown, Modal, type MenuProps } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { forgetDrafts, leftDrafts } from './drafts';
import { useLooks } from './looks';
import { useMe, useSession } from './session';
import { changeLanguage } from './texts';

/** The menu of the person, loaded when it is opened for the first time. */
export default function UserChoices({ children }: { children: ReactElement }) {
  const [open, setOpen] = useState(true);
  const [unsaved, setUnsaved] = useState(0);
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { signOut } = useSession();
  const { looks, change } = useLooks();
  const navigate = useNavigate();
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${me.name} · ${t(`role.${me.role}`)}`, children: [{ key: 'account', label: t('user.account') }] },
    { type: 'divider' },
    { key: 'scheme', label: t('user.scheme'), children: (['auto', 'light', 'dark'] as const).map((one) => ({ key: `scheme-${one}`, label: t(`user.scheme-${one}`) })) },
    { key: 'large', label: t(looks.large ? 'user.large-off' : 'user.large-on') },
    { key: 'contrast', label: t(looks.contrast ? 'user.contrast-off' : 'user.contrast-on') },
    { key: 'language', label: i18n.language === 'ru' ? t('languages.en') : t('languages.ru') },
    { type: 'divider' },
    { key: 'out', label: t('user.sign-out') },
  ];
  const act = (key: string) => {
    if (key === 'account') void navigate('/account');
    else if (key === 'large') change({ large: !looks.large });
    else if (key === 'contrast') change({ contrast: !looks.contrast });
    else if (key === 'language') void changeLanguage(i18n.language === 'ru' ? 'en' : 'ru');
    else if (key === 'scheme-auto' || key === 'scheme-light' || key === 'scheme-dark') change({ scheme: key.slice(7) as 'auto' | 'light' | 'dark' });
    else if (key === 'out') { const left = leftDrafts(me.id).length; if (left > 0) setUnsaved(left); else void signOut(); }
  };
  const leave = () => { forgetDrafts(me.id); void signOut(); };
  return (
    <>
      <Dropdown trigger={['click']} open={open} onOpenChange={setOpen} autoFocus menu={{ items, selectedKeys: [`scheme-${looks.scheme}`], onClick: ({ key }) => act(key) }}>
        {children}
      </Dropdown>
      <Modal open={unsaved > 0} title={t('draft.out')} okText={t('draft.out-go')} okButtonProps={{ danger: true }} cancelText={t('cancel')} onOk={leave} onCancel={() => setUnsaved(0)}>
        <p>{t('draft.out-what', { count: unsaved })}</p>
      </Modal>
    </>
  );
}
