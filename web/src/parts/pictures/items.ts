import type { ChartOption, Look, Twin } from '../Chart';

/** One item: shares in % of its maximum. marked: 1 better than expected, −1 worse. */
export interface ItemRow { label: string; max: number; seen: number | null; expected: number | null; marked: number }
export interface ItemWords { item: string; max: string; axis: string; seen: string; expected: string; marked: string; better: string; worse: string }

/** Items in their order: bars of what is seen, a line of what is expected; those that stand out carry a triangle. */
export function itemOption(look: Look, items: ItemRow[], words: ItemWords): ChartOption {
  const flags = items.map((item, at) => ({ item, at })).filter(({ item }) => item.marked !== 0 && item.seen !== null);
  const flag = (sign: number, name: string, color: string) => ({
    name, type: 'scatter' as const, symbol: sign > 0 ? 'triangle' : 'path://M0,0 L10,0 L5,9 Z', symbolSize: 11, symbolOffset: [0, -10] as [number, number], itemStyle: { color },
    data: flags.filter(({ item }) => item.marked === sign).map(({ item, at }) => [at, Math.max(item.seen!, item.expected ?? 0)]),
  });
  return {
    grid: { left: 8, right: 16, top: 56, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'axis', valueFormatter: (value) => look.format.percent(Array.isArray(value) ? Number(value[1]) : (value as number), 1) },
    xAxis: { type: 'category', data: items.map((item) => item.label), name: words.item, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', min: 0, max: 100, name: words.axis, nameTextStyle: { color: look.quiet, align: 'left' }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    series: [
      { name: words.seen, type: 'bar', barCategoryGap: '30%', itemStyle: { color: look.colors[0], opacity: 0.75 }, data: items.map((item) => item.seen) },
      { name: words.expected, type: 'line', step: 'middle', symbol: 'none', lineStyle: { color: look.colors[1], width: 3 }, itemStyle: { color: look.colors[1] }, data: items.map((item) => item.expected) },
      ...(flags.some(({ item }) => item.marked > 0) ? [flag(1, words.better, look.strong)] : []),
      ...(flags.some(({ item }) => item.marked < 0) ? [flag(-1, words.worse, look.colors[2])] : []),
    ],
  };
}

export function itemTwin(items: ItemRow[], words: ItemWords): Twin {
  return {
    columns: [{ title: words.item }, { title: words.max, kind: 'number' }, { title: words.seen, kind: 'number', digits: 1 }, { title: words.expected, kind: 'number', digits: 1 }, { title: words.marked }],
    rows: items.map((item) => [item.label, item.max, item.seen, item.expected, item.marked > 0 ? words.better : item.marked < 0 ? words.worse : '']),
  };
}
