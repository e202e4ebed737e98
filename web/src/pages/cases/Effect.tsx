import { Card } from 'antd';
import { useTranslation } from 'react-i18next';

import { useTold } from '../../parts/told';
import { Verdict } from '../effect/Verdict';

interface Facts { verdict?: string; words?: string; words_en?: string; mark?: { was?: boolean; is?: boolean | null } }

/** What the check of the effect found about this case. */
export function Effect({ facts }: { facts: Record<string, unknown> | undefined }) {
  const { t } = useTranslation('cases');
  const told = useTold();
  if (!facts) return null;
  const { verdict = 'no_data', words, words_en, mark } = facts as Facts;
  return (
    <Card title={<h2 className="oko-h2">{t('effect.title')}</h2>}>
      <p><Verdict verdict={verdict} /></p>
      {words && <p>{told(words, words_en)}</p>}
      {mark && <p className="oko-quiet">{mark.is === null || mark.is === undefined ? t('effect.mark-unknown') : t(mark.is ? 'effect.mark-again' : 'effect.mark-gone')}</p>}
    </Card>
  );
}
