import '../../styles/admin.css';

import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { LanguageSwitch } from '../../app/LanguageSwitch';

/** A page for somebody who has not signed in: one card in the middle. */
export function Door({ title, what, wide, children }: { title: string; what: ReactNode; wide?: boolean; children?: ReactNode }) {
  const { t } = useTranslation('app');
  useEffect(() => { document.title = `${title} — ${t('brand')}`; }, [title, t]);
  return (
    <main className="oko-door">
      <div className={`oko-door-card ${wide ? 'oko-door-wide' : ''}`}>
        <div className="oko-brand"><img src="/eye.svg" alt="" width={32} height={32} /><span>{t('brand')}</span></div>
        <h1 className="oko-h">{title}</h1>
        <p>{what}</p>
        {children}
        <div className="oko-door-foot"><LanguageSwitch /></div>
      </div>
    </main>
  );
}
