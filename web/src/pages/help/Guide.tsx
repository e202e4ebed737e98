import '../../styles/admin.css';

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';

import type { Language } from '../../app/texts';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { Markdown } from '../../parts/Markdown';
import { sameHead, type Block } from '../../parts/blocks';
import { DOCUMENTS, languageOf, useDocument, type DocumentName } from './documents';

/** The heading that the address names; one of the twin in the other language is found by its place. */
function usePlace(name: DocumentName, blocks: Block[], lang: Language): string | undefined {
  const { hash } = useLocation();
  const id = decodeURIComponent(hash.slice(1));
  const own = id === '' || blocks.some((block) => block.kind === 'head' && block.id === id);
  const other = languageOf(name, lang === 'ru' ? 'en' : 'ru');
  const twin = useDocument(name, other, !own && other !== lang);
  return own ? id : twin.data && sameHead(blocks, twin.data, id);
}

function Shown({ name, blocks, lang }: { name: DocumentName; blocks: Block[]; lang: Language }) {
  const { t } = useTranslation(['help', 'app']);
  const place = usePlace(name, blocks, lang);
  useEffect(() => { if (place) document.getElementById(place)?.scrollIntoView(); else window.scrollTo(0, 0); }, [place, blocks]);
  const sections = blocks.filter((block) => block.kind === 'head').filter((one) => one.level === 2);
  return (
    <div className="oko-guide-frame">
      <Markdown blocks={blocks} lang={lang} />
      <nav className="oko-guide-toc oko-no-print" aria-label={t('contents')}>
        <details open={matchMedia('(min-width: 900px)').matches}>
          <summary>{t('contents')}</summary>
          <ul lang={lang}>{sections.map((one) => <li key={one.id}><a href={`#${one.id}`}>{one.text.replace(/[`*]/g, '')}</a></li>)}</ul>
        </details>
      </nav>
    </div>
  );
}

function Document({ name }: { name: DocumentName }) {
  const { t, i18n } = useTranslation('help');
  const lang = languageOf(name, i18n.language as Language);
  const text = useDocument(name, lang);
  return (
    <>
      {lang !== i18n.language && <p className="oko-quiet">{t('only-russian')}</p>}
      <Loaded of={text}>{(blocks) => <Shown key={name} name={name} blocks={blocks} lang={lang} />}</Loaded>
    </>
  );
}

/** The documents for people: the guide by roles and pages, what signs and numbers mean, the command line, the server. */
export default function Guide() {
  const { t } = useTranslation(['help', 'app']);
  const { document: asked = 'guide' } = useParams();
  const name = DOCUMENTS.find((one) => one === asked) as DocumentName | undefined;
  useEffect(() => { document.title = `${t(name ? `document.${name}` : 'page.guide')} — ${t('app:brand')}`; }, [t, name]);
  return (
    <>
      <nav aria-label={t('documents')} className="oko-doc-nav oko-gap oko-no-print">
        {DOCUMENTS.map((one) => (one === name ? <strong key={one} aria-current="page">{t(`document.${one}`)}</strong> : <Link key={one} to={one === 'guide' ? '/help' : `/help/${one}`}>{t(`document.${one}`)}</Link>))}
      </nav>
      {name === undefined ? <EmptyState why={t('no-document')} /> : <Document name={name} />}
    </>
  );
}
