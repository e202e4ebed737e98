import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The menu on a narrow screen. */
export default function MenuDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return <Drawer open onClose={onClose} placement="left" size={304} title={t('menu')}><nav aria-label={t('menu')}>{children}</nav></Drawer>;
}
