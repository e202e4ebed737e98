import { useTranslation } from 'react-i18next';

import { OPEN } from './words';

/** Where the case stands on its way; on a narrow screen in words. */
export function Way({ state }: { state: string }) {
  const { t } = useTranslation(['cases', 'records']);
  const steps = [...OPEN, 'closed'];
  const at = steps.indexOf(state as (typeof OPEN)[number]);
  if (at < 0) return null;
  return (
    <>
      <p className="oko-way-words">{t('way.at', { step: at + 1, of: steps.length, name: t(`records:case.state.${state}`) })}</p>
      <ol className="oko-way" aria-label={t('way.name')}>
        {steps.map((step, i) => (
          <li key={step} data-past={i < at || state === 'closed'} aria-current={i === at ? 'step' : undefined}>{t(`way.${step}`)}</li>
        ))}
      </ol>
    </>
  );
}
