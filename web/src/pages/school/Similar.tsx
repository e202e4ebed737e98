import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, type ChartOption, type Look, type Twin } from '../../parts/Chart';
import { EmptyState } from '../../parts/EmptyState';
import { HowMade } from '../../parts/HowMade';
import type { Procedure, View } from './view';

type Band = Required<Pick<NonNullable<Procedure['band']>, 'n' | 'percentiles' | 'position'>> & NonNullable<Procedure['band']>;
interface Row { one: Procedure; band: Band }
interface Words { school: string; middle: string; wide: string; axis: string }

function option(look: Look, rows: Row[], words: Words): ChartOption {
  const bar = (name: string, from: (band: Band) => number, to: (band: Band) => number, height: number, opacity: number) => ({
    name, type: 'custom' as const, silent: true, encode: { x: [1, 2], y: 0 }, itemStyle: { color: look.colors[1], opacity },
    data: rows.map(({ band }, at) => [at, from(band), to(band)]),
    renderItem: (_params: unknown, api: { coord: (at: number[]) => number[]; value: (k: number) => number | string }) => {
      const [x1, y] = api.coord([Number(api.value(1)), Number(api.value(0))]);
      const [x2] = api.coord([Number(api.value(2)), Number(api.value(0))]);
      return { type: 'rect' as const, shape: { x: x1, y: y - height / 2, width: Math.max(1, x2 - x1), height, r: 3 }, style: { fill: look.colors[1], opacity } };
    },
  });
  return {
    grid: { left: 8, right: 20, top: 56, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: look.text, fontSize: look.size } },
    xAxis: { type: 'value', min: 0, max: 100, name: words.axis, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ one }) => one.title.replace(/^[^.]+\. (?=.*\. )/, '')), axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.text, width: 186, overflow: 'break', interval: 0, lineHeight: look.size + 2 } },
    tooltip: { trigger: 'item', valueFormatter: (value) => look.format.percent(Array.isArray(value) ? Number(value[0]) : (value as number)) },
    series: [
      bar(words.wide, (band) => band.percentiles.p10, (band) => band.percentiles.p90, 6, 0.35),
      bar(words.middle, (band) => band.percentiles.p25, (band) => band.percentiles.p75, 16, 0.55),
      { name: words.school, type: 'scatter', symbol: 'diamond', symbolSize: 15, itemStyle: { color: look.colors[0] }, data: rows.map(({ one }, at) => [one.percent ?? 0, at]) },
    ] as ChartOption['series'],
  };
}

/** The school among schools like it, without names: same type, place and cluster, about as many works. */
export function Similar({ view }: { view: View }) {
  const { t } = useTranslation('school');
  const rows = useMemo<Row[]>(() => view.procedures.flatMap((one) => (one.band?.percentiles && one.band.position && one.percent != null ? [{ one, band: one.band as Band }] : [])), [view]);
  const words = useMemo<Words>(() => ({ school: t('similar.school'), middle: t('similar.middle'), wide: t('similar.wide'), axis: t('similar.axis') }), [t]);
  const made = useCallback((look: Look) => option(look, rows, words), [rows, words]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('families.procedure') }, { title: words.school, kind: 'number', digits: 1 }, ...(['p10', 'p25', 'p50', 'p75', 'p90'] as const).map((name) => ({ title: t(`similar.${name}`), kind: 'number' as const, digits: 0 })), { title: t('similar.count'), kind: 'number' }, { title: t('similar.place') }],
    rows: rows.map(({ one, band }) => [one.title, one.percent ?? null, band.percentiles.p10, band.percentiles.p25, band.percentiles.p50, band.percentiles.p75, band.percentiles.p90, band.n, t(`similar.position.${band.position}`)]),
  }), [rows, words, t]);
  const above = rows.filter(({ band }) => band.position === 'above_p90').length;
  const below = rows.filter(({ band }) => band.position === 'below_p10').length;
  if (rows.length === 0) return <section className="oko-card" aria-labelledby="oko-similar"><h2 id="oko-similar">{t('similar.title')}</h2><EmptyState why={t('similar.none')} /></section>;
  return (
    <Chart title={t('similar.title')} summary={t('similar.summary', { count: rows.length, above, below })} option={made} table={table} height={120 + 40 * rows.length}>
      <HowMade of={t('similar.title')} what={t('similar.how')} run={view.evidence_run || null} />
    </Chart>
  );
}
