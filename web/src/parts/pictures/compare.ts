import type { Schemas } from '../../api/client';
import type { ChartOption, Look, Twin } from '../Chart';

type Row = Schemas['PictureRow'];
export interface CompareWords { axis: string; observed: string; expected: string; interval: string; row: string }

/** What all labels begin with up to the first point ("ВПР. ") is not repeated in the picture. */
function shortened(rows: Row[]): string[] {
  const start = /^[^.]+\. /.exec(rows[0]?.label ?? '')?.[0] ?? '';
  const common = start !== '' && rows.length > 1 && rows.every((row) => row.label.startsWith(start));
  return rows.map((row) => (common ? row.label.slice(start.length) : row.label));
}

/** Seen beside expected with its interval, a row each; the row that the sign is about is set in bold. */
export function compareOption(look: Look, rows: Row[], words: CompareWords, top: number): ChartOption {
  const say = (row: Row) => `${row.label}<br>${words.observed}: ${look.format.number(row.observed, 1)}<br>${words.expected}: ${look.format.number(row.expected, 1)} (${look.format.number(row.lo, 1)}–${look.format.number(row.hi, 1)})`;
  const known = rows.map((row, at) => ({ row, at }));
  const names = shortened(rows);
  const dots = (value: (row: Row) => number | null) => known.filter(({ row }) => value(row) !== null).map(({ row, at }) => [value(row)!, at]);
  return {
    grid: { left: 8, right: 20, top: 40, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, data: [words.observed, words.expected], textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'item', formatter: (event) => say(rows[(event as unknown as { value: number[] }).value[1]]) },
    xAxis: { type: 'value', min: 0, max: top, name: words.axis, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    yAxis: {
      type: 'category', inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } },
      data: rows.map((row, at) => ({ value: names[at], textStyle: { fontWeight: row.subject ? 'bold' as const : 'normal' as const } })),
      axisLabel: { color: look.text, width: 186, overflow: 'break', interval: 0, lineHeight: look.size + 2 },
    },
    series: [
      {
        name: words.expected, type: 'custom', silent: true, encode: { x: [2, 3], y: 1 },
        data: known.filter(({ row }) => row.lo !== null && row.hi !== null).map(({ row, at }) => [row.expected!, at, row.lo!, row.hi!]),
        itemStyle: { color: look.colors[1] },
        renderItem: (_params, api) => {
          const y = api.coord([0, api.value(1)])[1];
          const [lo, hi] = [api.coord([api.value(2), 0])[0], api.coord([api.value(3), 0])[0]];
          return { type: 'rect', shape: { x: lo, y: y - 5, width: Math.max(1, hi - lo), height: 10, r: 5 }, style: { fill: look.colors[1], opacity: 0.35 } };
        },
      },
      { name: words.expected, type: 'scatter', symbol: 'rect', symbolSize: [3, 16], itemStyle: { color: look.colors[1] }, data: dots((row) => row.expected) },
      { name: words.observed, type: 'scatter', symbol: 'circle', symbolSize: 12, itemStyle: { color: look.colors[0] }, data: dots((row) => row.observed) },
    ],
  };
}

export function compareTwin(rows: Row[], words: CompareWords): Twin {
  return {
    columns: [{ title: words.row }, ...[words.observed, words.expected].map((title) => ({ title, kind: 'number' as const, digits: 1 })), { title: `${words.interval}: min`, kind: 'number', digits: 1 }, { title: `${words.interval}: max`, kind: 'number', digits: 1 }],
    rows: rows.map((row) => [row.label, row.observed, row.expected, row.lo, row.hi]),
  };
}
