import '../../styles/admin.css';

import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import guide from '../../../../docs/user/guide.md?raw';
import { render } from './markdown';

/** The user's guide, built in: it is read without any network. */
export default function Guide() {
  const { t } = useTranslation(['help', 'app']);
  const { hash } = useLocation();
  const { blocks, headings } = useMemo(() => render(guide), []);
  useEffect(() => { document.title = `${t('page.guide')} — ${t('app:brand')}`; }, [t]);
  useEffect(() => { if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView(); }, [hash]);
  const sections = headings.filter((one) => one.level === 2);
  return (
    <div className="oko-guide-frame">
      <article className="oko-guide" lang="ru">{t('guide-lang') && <p className="oko-quiet">{t('guide-lang')}</p>}{blocks}</article>
      <nav className="oko-guide-toc oko-no-print" aria-label={t('contents')}>
        <strong>{t('contents')}</strong>
        <ul>{sections.map((one) => <li key={one.id}><a href={`#${one.id}`}>{one.text}</a></li>)}</ul>
      </nav>
    </div>
  );
}
