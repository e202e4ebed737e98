import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { useFormat } from '../../parts/format';

const WIDE = 320, TALL = 44, EDGE = 8;

/** The change against others as a line with its interval: where nothing would be, where the useful would begin. */
export function Interval({ facts }: { facts: Schemas['EffectFacts'] }) {
  const { t } = useTranslation('effect');
  const format = useFormat();
  const { effect, effect_lo: lo, effect_hi: hi, useful, better } = facts;
  if (effect == null || lo == null || hi == null) return null;
  const bound = useful == null || !better ? null : better > 0 ? useful : -useful;
  const all = [lo, hi, 0, ...(bound === null ? [] : [bound])];
  const min = Math.min(...all), max = Math.max(...all);
  const x = (value: number) => EDGE + ((value - min) / (max - min || 1)) * (WIDE - 2 * EDGE);
  return (
    <svg className="oko-interval" viewBox={`0 0 ${WIDE} ${TALL}`} role="img" aria-label={t('interval', { value: format.number(effect), lo: format.number(lo), hi: format.number(hi) })}>
      <line x1={EDGE} x2={WIDE - EDGE} y1={22} y2={22} className="oko-interval-axis" />
      <line x1={x(0)} x2={x(0)} y1={6} y2={38} className="oko-interval-zero" />
      {bound !== null && <line x1={x(bound)} x2={x(bound)} y1={10} y2={34} className="oko-interval-useful" />}
      <line x1={x(lo)} x2={x(hi)} y1={22} y2={22} className="oko-interval-range" />
      <circle cx={x(effect)} cy={22} r={6} className="oko-interval-value" />
    </svg>
  );
}
