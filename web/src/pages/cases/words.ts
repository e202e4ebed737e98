import { useTranslation } from 'react-i18next';

/** Families of signs, in the order of the analysis; cases also come from lists and rules. */
export const FAMILIES = ['level', 'threshold', 'roster', 'pattern', 'time'] as const;

export function useSign(): (sign: string | undefined) => string {
  const { t } = useTranslation('cases');
  return (sign) => (sign ? t(`sign.${sign}`, { defaultValue: sign }) : t('sign.other'));
}

/** States in which something still has to be done, in the order of the way. */
export const OPEN = ['signal', 'triage', 'explanation', 'cause', 'recommendation', 'plan', 'execution', 'acceptance', 'effect'] as const;
export const FINAL = ['closed', 'dismissed', 'repeated'] as const;
