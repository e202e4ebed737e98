import type { Schemas } from '../../api/client';
import type { ChartOption, Look, Twin } from '../Chart';

type Bin = Schemas['PictureBin'];
export interface PairWords { same: string; roots: string; seen: string; expected: string; rare: string }

const span = (bin: Bin) => (bin.from === bin.to ? String(bin.to) : `${bin.from}–${bin.to}`);

/** Pairs of works by the number of same answers; heights grow as roots, so that single pairs can be seen. */
export function pairOption(look: Look, bins: Bin[], words: PairWords): ChartOption {
  const root = (value: number) => Math.sqrt(Math.max(0, value));
  const squared = (value: unknown) => look.format.number(Number(value) ** 2, 1);
  return {
    grid: { left: 8, right: 16, top: 56, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'axis', valueFormatter: squared },
    xAxis: { type: 'category', data: bins.map(span), name: words.same, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', minInterval: 1, name: words.roots, nameTextStyle: { color: look.quiet, align: 'left' }, axisLabel: { color: look.quiet, formatter: (value: number) => look.format.number(value ** 2, 0) }, splitLine: { lineStyle: { color: look.line } } },
    series: [
      { name: words.seen, type: 'bar', stack: 'seen', barCategoryGap: '20%', itemStyle: { color: look.colors[0], opacity: 0.75 }, data: bins.map((bin) => (bin.rare ? 0 : root(bin.seen))) },
      { name: words.rare, type: 'bar', stack: 'seen', itemStyle: { color: look.strong }, data: bins.map((bin) => (bin.rare ? root(bin.seen) : 0)) },
      { name: words.expected, type: 'line', symbol: 'none', lineStyle: { color: look.colors[1], width: 3 }, itemStyle: { color: look.colors[1] }, data: bins.map((bin) => root(bin.expected)) },
    ],
  };
}

export function pairTwin(bins: Bin[], words: PairWords): Twin {
  return {
    columns: [{ title: words.same }, { title: words.seen, kind: 'number', digits: 0 }, { title: words.expected, kind: 'number', digits: 2 }],
    rows: bins.map((bin) => [span(bin), bin.seen, bin.expected]),
  };
}
