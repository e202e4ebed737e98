import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Page } from '../../app/area';
import { pages } from '../../app/routes';
import { titleKey, type Language } from '../../app/texts';
import { Loaded } from '../../parts/Loaded';
import { Markdown } from '../../parts/Markdown';
import { anchorOf, partOf, type Block } from '../../parts/blocks';
import { languageOf, partsFor, useDocument } from './documents';

/** What the guide says of the page at hand, and the way to that place of it. */
export function AboutPage({ page, onGo }: { page: Page; onGo: () => void }) {
  const { t, i18n } = useTranslation(['help', 'titles']);
  const lang = languageOf('guide', i18n.language as Language);
  const guide = useDocument('guide', lang);
  const idIn = (blocks: Block[]) => partsFor(page, pages).map((title) => anchorOf(t(titleKey(title)))).find((one) => partOf(blocks, one).length > 0);
  return (
    <Loaded of={guide} rows={3}>
      {(blocks) => {
        const id = idIn(blocks);
        return id === undefined ? null : (
          <>
            <Markdown blocks={partOf(blocks, id)} lang={lang} shift={1} />
            <p><Link to={`/help#${id}`} onClick={onGo}>{t('help:in-guide')}</Link></p>
          </>
        );
      }}
    </Loaded>
  );
}
