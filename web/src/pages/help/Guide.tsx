import '../../styles/admin.css';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';

import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { Markdown } from '../../parts/Markdown';
import { blocksOf } from '../../parts/blocks';
import { DOCUMENTS, readDocument, type DocumentName } from './documents';

function Shown({ text }: { text: string }) {
  const { t } = useTranslation(['help', 'app']);
  const { hash } = useLocation();
  const blocks = useMemo(() => blocksOf(text), [text]);
  useEffect(() => { if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView(); else window.scrollTo(0, 0); }, [hash, blocks]);
  const sections = blocks.filter((block) => block.kind === 'head').filter((one) => one.level === 2);
  return (
    <div className="oko-guide-frame">
      <Markdown blocks={blocks} lang="ru" />
      <nav className="oko-guide-toc oko-no-print" aria-label={t('contents')}>
        <details open={matchMedia('(min-width: 900px)').matches}>
          <summary>{t('contents')}</summary>
          <ul>{sections.map((one) => <li key={one.id}><a href={`#${one.id}`}>{one.text.replace(/[`*]/g, '')}</a></li>)}</ul>
        </details>
      </nav>
    </div>
  );
}

/** The documents for people: the guide by roles and pages, what signs and numbers mean, the command line, the server. */
export default function Guide() {
  const { t } = useTranslation(['help', 'app']);
  const { document: asked = 'guide' } = useParams();
  const name = DOCUMENTS.find((one) => one === asked) as DocumentName | undefined;
  const text = useQuery({ queryKey: ['document', name], queryFn: () => readDocument(name!), enabled: name !== undefined, staleTime: Infinity });
  useEffect(() => { document.title = `${t(name ? `document.${name}` : 'page.guide')} — ${t('app:brand')}`; }, [t, name]);
  return (
    <>
      <nav aria-label={t('documents')} className="oko-doc-nav oko-gap oko-no-print">
        {DOCUMENTS.map((one) => (one === name ? <strong key={one} aria-current="page">{t(`document.${one}`)}</strong> : <Link key={one} to={one === 'guide' ? '/help' : `/help/${one}`}>{t(`document.${one}`)}</Link>))}
      </nav>
      {t('guide-lang') && <p className="oko-quiet">{t('guide-lang')}</p>}
      {name === undefined ? <EmptyState why={t('no-document')} /> : <Loaded of={text}>{(data) => <Shown key={name} text={data} />}</Loaded>}
    </>
  );
}
