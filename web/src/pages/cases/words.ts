import { useTranslation } from 'react-i18next';

/** Families of signs, in the order of the analysis; cases also come from lists and rules. */
export const FAMILIES = ['level', 'threshold', 'roster', 'pattern', 'time'] as const;

export function useSign(): (sign: string | undefined) => string {
  const { t } = useTranslation(['cases', 'evidence']);
  return (sign) => ((FAMILIES as readonly (string | undefined)[]).includes(sign) ? t(`evidence:family.${sign}`) : t(`cases:sign.${sign || 'other'}`, { defaultValue: sign }));
}

/** States in which something still has to be done, in the order of the way. */
export const OPEN = ['signal', 'triage', 'explanation', 'cause', 'recommendation', 'plan', 'execution', 'acceptance', 'effect'] as const;
export const FINAL = ['closed', 'dismissed', 'repeated'] as const;
