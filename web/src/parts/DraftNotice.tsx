import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Draft } from '../app/drafts';

/** What stands in the form was typed before and not saved; the way to begin anew. */
export function DraftNotice({ draft, onAfresh = draft.afresh }: { draft: Pick<Draft<unknown>, 'restored' | 'outdated' | 'afresh'>; onAfresh?: () => void }) {
  const { t } = useTranslation('app');
  if (!draft.restored) return null;
  return (
    <Alert className="oko-gap" role="status" type={draft.outdated ? 'warning' : 'info'} showIcon title={t('app:draft.restored')} description={draft.outdated ? t('app:draft.outdated') : undefined}
      action={<Button size="small" onClick={onAfresh}>{t('app:draft.afresh')}</Button>} />
  );
}
