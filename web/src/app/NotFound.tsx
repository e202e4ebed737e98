import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { Notice } from '../parts/Notice';

/** known: the page is there, but not for this person's role. */
export function NotFound({ known }: { known: boolean }) {
  const { t } = useTranslation();
  return (
    <Notice title={t(known ? 'missing.closed' : 'missing.title')} what={t(known ? 'missing.closed-why' : 'missing.why')}>
      <Link to="/">{t('missing.home')}</Link>
    </Notice>
  );
}
