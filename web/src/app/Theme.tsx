import { EllipsisOutlined, SearchOutlined } from '@ant-design/icons';
import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import ruRU from 'antd/locale/ru_RU';
import dayjs from 'dayjs';
import 'dayjs/locale/ru';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { toasts } from '../parts/toast';
import themes from '../styles/theme.json';
import { late } from './late';
import { useLooks } from './looks';

// A system without motion: antd does not wait for movements that the style sheet has cut.
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

const Toaster = late(() => import('./Toaster'));

/** Ant Design in the person's language and looks. The styles themselves stand in styles/antd.css (tools/styles.mjs). */
export function Theme({ children }: { children: ReactNode }) {
  const { looks, dark } = useLooks();
  const { t, i18n } = useTranslation();
  const [spoken, setSpoken] = useState(false);
  useEffect(() => toasts.wake(() => setSpoken(true)), []);
  dayjs.locale(i18n.language);
  const config = useMemo(() => ({
    zeroRuntime: true,
    hashed: false,
    cssVar: { key: `oko-${dark ? 'dark' : 'light'}${looks.large ? '-large' : ''}`, prefix: 'ant' },
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...themes.token, ...(dark ? themes.dark : themes.light).token, ...(looks.large ? themes.large.token : {}), motion: !looks.quiet && !still },
  }), [dark, looks.large, looks.quiet]);
  return (
    <ConfigProvider theme={config} locale={i18n.language === 'en' ? enUS : ruRU}
      inputSearch={{ searchIcon: <SearchOutlined aria-label={t('library.search')} /> }} tabs={{ more: { icon: <EllipsisOutlined aria-label={t('library.tabs')} /> } }}>
      <div className={`oko-app ${config.cssVar.key}`}>{children}</div>
      {spoken && <Toaster />}
    </ConfigProvider>
  );
}
