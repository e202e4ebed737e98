import type { Schemas } from '../../api/client';
import type { ChartOption, Look } from '../Chart';

type Profile = Schemas['ItemProfile'];
export interface ProfileWords { item: string; axis: string; expected: string; names: string[] }

/** The group as bars, what is expected at its totals as steps, what lies around it as lines. */
export function profileOption(look: Look, data: Profile, words: ProfileWords): ChartOption {
  const around = data.scopes.map((scope, k) => ({ scope, name: words.names[k] })).filter(({ scope }) => !scope.group);
  const own = data.scopes.findIndex((scope) => scope.group);
  const alone = around.length === 0;
  return {
    grid: { left: 8, right: 16, top: 64, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'axis', valueFormatter: (value) => look.format.percent(value as number, 1) },
    xAxis: { type: 'category', data: data.items.map((item) => item.label), name: words.item, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', min: 0, max: 100, name: words.axis, nameTextStyle: { color: look.quiet, align: 'left' }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    series: [
      ...(own >= 0 ? [{ name: words.names[own], type: 'bar' as const, barCategoryGap: '30%', itemStyle: { color: look.colors[0], opacity: 0.75 }, data: data.scopes[own].percent }] : []),
      ...(alone ? [] : [{ name: words.expected, type: 'line' as const, step: 'middle' as const, symbol: 'none', lineStyle: { color: look.colors[1], width: 3 }, itemStyle: { color: look.colors[1] }, data: data.items.map((item) => item.expected) }]),
      ...around.map(({ scope, name }, k) => ({
        name, type: 'line' as const, symbol: ['circle', 'rect', 'triangle'][k % 3], symbolSize: 6,
        lineStyle: { color: look.colors[2 + k], width: 1.5, type: (['solid', 'dashed', 'dotted'] as const)[k % 3] }, itemStyle: { color: look.colors[2 + k] }, data: scope.percent,
      })),
    ],
  };
}
