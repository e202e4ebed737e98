import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, type ChartOption, type Look, type Twin } from '../../parts/Chart';
import { HowMade } from '../../parts/HowMade';
import { LEVELS, type Overview } from './overview';

export const levelColor = (look: Look): Record<string, string> => ({
  strong: look.strong, signs: look.signs, attention: look.attention, none: look.dark ? look.scale[1] : look.scale[1], no_data: look.nothing,
});

interface Bars { names: string[]; parts: { name: string; color: (look: Look) => string; data: number[] }[]; axis: string }

/** Bars that are made of parts, one bar a name; lying where the names are long. */
export function stackedOption(look: Look, bars: Bars, lying: boolean): ChartOption {
  const names = { type: 'category' as const, data: bars.names, inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.text, ...(lying ? { width: look.narrow ? 116 : 220, overflow: 'break' as const } : {}) } };
  const values = {
    type: 'value' as const, minInterval: 1, name: bars.axis, nameLocation: 'middle' as const, nameGap: lying ? 26 : 32,
    nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } },
  };
  return {
    grid: { left: lying ? 8 : 24, right: 16, top: look.narrow ? 92 : 64, bottom: lying ? 40 : 8, containLabel: true },
    legend: { top: 0, left: 0, icon: 'roundRect', itemGap: 12, textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: bars.parts.map((part) => ({
      name: part.name, type: 'bar' as const, stack: 'all', barMaxWidth: 64, data: part.data,
      itemStyle: { color: part.color(look), borderColor: look.ground, borderWidth: 1 },
    })),
  };
}

/** Schools by their strongest evidence, year by year. */
export function DynamicsChart({ data }: { data: Overview }) {
  const { t } = useTranslation(['region', 'evidence']);
  const years = data.dynamics.filter((year) => year.sums.schools > 0);
  const option = useCallback((look: Look) => stackedOption(look, {
    names: years.map((one) => String(one.year)),
    axis: t('schools'),
    parts: LEVELS.map((level) => ({ name: t(`evidence:level.${level}`), color: (of: Look) => levelColor(of)[level], data: years.map((one) => one.sums.levels[level]) })),
  }, false), [years, t]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('year') }, ...LEVELS.map((level) => ({ title: t(`evidence:level.${level}`), kind: 'number' as const })), { title: t('rate'), kind: 'share' }, { title: t('lo'), kind: 'share' }, { title: t('hi'), kind: 'share' }],
    rows: years.map((one) => [String(one.year), ...LEVELS.map((level) => one.sums.levels[level]), one.sums.rate, one.sums.rate_lo, one.sums.rate_hi]),
  }), [years, t]);
  if (years.length === 0) return null;
  const first = years[0];
  const last = years.at(-1)!;
  const summary = years.length === 1
    ? t('dynamics.one', { year: last.year, count: last.sums.marked, of: last.sums.computed })
    : t('dynamics.summary', { first: first.year, last: last.year, before: first.sums.marked, beforeOf: first.sums.computed, now: last.sums.marked, nowOf: last.sums.computed });
  return (
    <Chart title={t('dynamics.title')} summary={summary} option={option} table={table}>
      <HowMade what={t('dynamics.how')} run={data.evidence_run} />
    </Chart>
  );
}
