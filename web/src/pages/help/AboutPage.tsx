import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Page } from '../../app/area';
import { pages } from '../../app/routes';
import { titleKey } from '../../app/texts';
import { Loaded } from '../../parts/Loaded';
import { Markdown } from '../../parts/Markdown';
import { anchorOf, blocksOf, partOf } from '../../parts/blocks';
import { partsFor, readDocument } from './documents';

/** What the guide says of the page at hand, and the way to that place of it. */
export function AboutPage({ page, onGo }: { page: Page; onGo: () => void }) {
  const { t } = useTranslation(['help', 'titles']);
  const guide = useQuery({ queryKey: ['document', 'guide'], queryFn: () => readDocument('guide'), staleTime: Infinity });
  const blocks = useMemo(() => blocksOf(guide.data ?? ''), [guide.data]);
  const id = partsFor(page, pages).map((title) => anchorOf(t(titleKey(title)))).find((one) => partOf(blocks, one).length > 0);
  return (
    <Loaded of={guide} rows={3}>
      {() => (id === undefined ? null : (
        <>
          <Markdown blocks={partOf(blocks, id)} lang="ru" shift={1} />
          <p><Link to={`/help#${id}`} onClick={onGo}>{t('help:in-guide')}</Link></p>
        </>
      ))}
    </Loaded>
  );
}
