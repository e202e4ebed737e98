import type { Look } from './look';
import type { ChartOption } from './types';

export interface IntervalRow { name: string; value: number | null; lo: number | null; hi: number | null }

interface Words { value: (row: IntervalRow) => string; axis: (value: number) => string; axisName?: string; line?: { at: number; name: string } }

/** Height that lets every row be read. */
export const intervalHeight = (rows: number): number => Math.max(160, 74 + 30 * rows);

/** Estimates with their 95 % intervals, one row each, in the order given from top to bottom. */
export function intervalOption(look: Look, rows: IntervalRow[], words: Words): ChartOption {
  const known = rows.map((row, i) => ({ row, i })).filter(({ row }) => row.value !== null);
  return {
    grid: { left: 8, right: 24, top: 12, bottom: words.axisName ? 40 : 24, containLabel: true },
    tooltip: { trigger: 'item', formatter: (event) => words.value(rows[(event as unknown as { value: number[] }).value[1]]) },
    xAxis: {
      type: 'value', name: look.narrow ? undefined : words.axisName, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet },
      axisLabel: { color: look.quiet, formatter: words.axis }, splitLine: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: 'category', inverse: true, data: rows.map((row) => row.name), axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } },
      axisLabel: look.narrow ? { color: look.text, width: 140, overflow: 'break', fontSize: 10, lineHeight: 11 } : { color: look.text, width: 250, overflow: 'truncate' },
    },
    series: [
      {
        type: 'custom',
        data: known.map(({ row, i }) => [row.value!, i, row.lo ?? row.value!, row.hi ?? row.value!]),
        encode: { x: [2, 3], y: 1 },
        renderItem: (_params, api) => {
          const y = api.coord([0, api.value(1)])[1];
          const lo = api.coord([api.value(2), 0])[0];
          const hi = api.coord([api.value(3), 0])[0];
          const style = { stroke: look.primary, lineWidth: 2, fill: 'none' };
          return {
            type: 'group',
            children: [
              { type: 'line', shape: { x1: lo, y1: y, x2: hi, y2: y }, style },
              { type: 'line', shape: { x1: lo, y1: y - 4, x2: lo, y2: y + 4 }, style },
              { type: 'line', shape: { x1: hi, y1: y - 4, x2: hi, y2: y + 4 }, style },
            ],
          };
        },
        ...(words.line ? {
          markLine: {
            silent: true, symbol: 'none', lineStyle: { color: look.quiet, type: 'dashed' as const },
            label: { formatter: words.line.name, color: look.quiet, position: 'end' as const, distance: 2, fontSize: look.size - 1 },
            data: [{ xAxis: words.line.at }],
          },
        } : {}),
      },
      { type: 'scatter', symbolSize: 9, itemStyle: { color: look.primary }, data: known.map(({ row, i }) => [row.value!, i]) },
    ],
  };
}
