import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';

import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { Markdown } from '../../parts/Markdown';
import { blocksOf } from '../../parts/blocks';

// The texts of the repository themselves, each fetched when it is opened.
const texts = import.meta.glob<string>('../../../../docs/METHODS*.md', { query: '?raw', import: 'default' });
const nameOf = (path: string) => path.replace(/^.*\//, '').replace(/\.md$/, '');
const files = Object.keys(texts).map(nameOf).sort();

/** Text of a method as it stands in the documentation; #s3 goes to its third section. */
export default function MethodPage() {
  const { t } = useTranslation('methods');
  const { file = '' } = useParams();
  const { hash } = useLocation();
  const path = Object.keys(texts).find((one) => nameOf(one) === file);
  const text = useQuery({ queryKey: ['method', file], queryFn: () => texts[path!](), enabled: path !== undefined, staleTime: Infinity });
  const blocks = useMemo(() => blocksOf(text.data ?? ''), [text.data]);
  useEffect(() => {
    if (text.data && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [text.data, blocks, hash]);
  return (
    <>
      <PageHead title={t('title')} what={<>{t('what')} <Link to="/help/methods">{t('in-plain-words')}</Link></>} />
      <nav aria-label={t('others')} className="oko-doc-nav oko-gap">
        {files.map((one) => (one === file ? <strong key={one}>{t(`file.${one}`)}</strong> : <Link key={one} to={`/methods/${one}`}>{t(`file.${one}`)}</Link>))}
      </nav>
      {path === undefined ? <EmptyState why={t('none')} /> : <Loaded of={text}>{() => <Markdown blocks={blocks} lang="en" shift={1} />}</Loaded>}
    </>
  );
}
