import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, type Look, type Twin } from '../../parts/Chart';
import { HowMade } from '../../parts/HowMade';
import { levelColor, stackedOption } from './DynamicsChart';
import { DEGREES, FAMILIES, type Overview } from './overview';

/** In how many schools each family of evidence speaks. */
export function FamiliesChart({ data }: { data: Overview }) {
  const { t } = useTranslation(['region', 'evidence']);
  const families = data.all.families;
  const option = useCallback((look: Look) => stackedOption(look, {
    names: FAMILIES.map((family) => t(`evidence:family.${family}`)),
    axis: t('schools'),
    parts: DEGREES.map((degree) => ({ name: t(`evidence:level.${degree}`), color: (of: Look) => levelColor(of)[degree], data: FAMILIES.map((family) => families[family][degree]) })),
  }, true), [families, t]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('family') }, ...DEGREES.map((degree) => ({ title: t(`evidence:level.${degree}`), kind: 'number' as const }))],
    rows: FAMILIES.map((family) => [t(`evidence:family.${family}`), ...DEGREES.map((degree) => families[family][degree])]),
  }), [families, t]);
  const total = (family: (typeof FAMILIES)[number]) => DEGREES.reduce((sum, degree) => sum + families[family][degree], 0);
  const most = [...FAMILIES].sort((a, b) => total(b) - total(a))[0];
  const summary = total(most) === 0 ? t('families.none') : t('families.summary', { family: t(`evidence:family.${most}`), count: total(most) });
  return (
    <Chart title={t('families.title')} summary={summary} option={option} table={table}>
      <HowMade what={t('families.how')} run={data.evidence_run} />
    </Chart>
  );
}
