import type { Schemas } from '../../api/client';
import type { ChartOption, Look, Twin } from '../Chart';

type Score = Schemas['PictureScore'];
type CutOff = Schemas['CutOff'];
export interface ScoreWords { score: string; works: string; observed: string; expected: string; mark: (mark: number) => string }

/** Works by score, the smooth distribution as a line, cut-offs as dashed lines with the mark that begins there. */
export function scoreOption(look: Look, scores: Score[], cutoffs: CutOff[], words: ScoreWords): ChartOption {
  const expected = scores.some((one) => one.expected !== null);
  return {
    grid: { left: 8, right: 16, top: 52, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, icon: 'roundRect', textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'axis', valueFormatter: (value) => look.format.number(value as number, 1) },
    xAxis: { type: 'category', data: scores.map((one) => String(one.score)), name: words.score, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', minInterval: 1, name: words.works, nameTextStyle: { color: look.quiet, align: 'left' }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    series: [
      {
        name: words.observed, type: 'bar', barCategoryGap: '18%', itemStyle: { color: look.colors[0], opacity: 0.75 }, data: scores.map((one) => one.works),
        markLine: {
          silent: true, symbol: 'none', lineStyle: { color: look.quiet, type: 'dashed' },
          label: { color: look.text, fontSize: look.size, formatter: (event) => event.name },
          data: cutoffs.map((one) => ({ xAxis: String(one.score), name: words.mark(one.mark) })),
        },
      },
      ...(expected ? [{ name: words.expected, type: 'line' as const, symbol: 'none', lineStyle: { color: look.colors[1], width: 3 }, itemStyle: { color: look.colors[1] }, data: scores.map((one) => one.expected) }] : []),
    ],
  };
}

export function scoreTwin(scores: Score[], words: ScoreWords): Twin {
  return {
    columns: [{ title: words.score, kind: 'number' }, { title: words.observed, kind: 'number' }, { title: words.expected, kind: 'number', digits: 1 }],
    rows: scores.map((one) => [one.score, one.works, one.expected]),
  };
}
