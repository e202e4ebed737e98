import { WarningOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { wire } from '../api/wire';

/** Told while the server does not answer; asks again until it does, then the pages read anew what they had missed. */
export function Connection() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const online = useSyncExternalStore(wire.onOnline, () => wire.online);
  useEffect(() => {
    const lost = () => wire.setOnline(false);
    window.addEventListener('offline', lost);
    return () => window.removeEventListener('offline', lost);
  }, []);
  useEffect(() => {
    if (online) return undefined;
    const timer = setInterval(() => {
      fetch('/api/v1/health', { cache: 'no-store' }).then((response) => {
        if (!response.ok) return;
        wire.setOnline(true);
        void queries.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
      }, () => undefined);
    }, 3000);
    return () => clearInterval(timer);
  }, [online, queries]);
  return online ? null : <div className="oko-offline" role="alert"><WarningOutlined /><span><b>{t('offline.title')}</b> {t('offline.what')}</span></div>;
}
