import { Select } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { Chart, type ChartOption, type Look, type Twin } from '../Chart';
import { useFormat } from '../format';

type Profile = Schemas['ItemProfile'];
interface Words { total: string; axis: string; region: string; group: string }

function option(look: Look, data: Profile, at: number, words: Words): ChartOption {
  const middle = (from: number, to: number) => (from + to) / 2;
  return {
    grid: { left: 8, right: 20, top: 44, bottom: 40, containLabel: true },
    legend: { type: 'scroll', top: 0, left: 0, textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'item', valueFormatter: (value) => look.format.percent(Array.isArray(value) ? Number(value[1]) : (value as number), 1) },
    xAxis: { type: 'value', min: 0, max: data.max, name: words.total, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, splitLine: { show: false } },
    yAxis: { type: 'value', min: 0, max: 100, name: words.axis, nameTextStyle: { color: look.quiet, align: 'left' }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    series: [
      { name: words.region, type: 'line', symbol: 'none', lineStyle: { color: look.colors[1], width: 3 }, itemStyle: { color: look.colors[1] }, data: data.items[at].curve.map((share, total) => [total, share]) },
      { name: words.group, type: 'scatter', symbol: 'circle', symbolSize: 13, itemStyle: { color: look.colors[0] }, data: data.bands.map((band) => [middle(band.from, band.to), band.percent[at]]) },
    ],
  };
}

/** One item: how often it is solved at each total in the region, and in the group by bands of totals. */
export function OneItem({ data, at, onChoose }: { data: Profile; at: number; onChoose: (at: number) => void }) {
  const { t } = useTranslation('items');
  const format = useFormat();
  const words = useMemo<Words>(() => ({ total: t('total'), axis: t('axis'), region: t('curve'), group: t('bands') }), [t]);
  const made = useCallback((look: Look) => option(look, data, at, words), [data, at, words]);
  const item = data.items[at];
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('totals') }, { title: t('works'), kind: 'number' }, { title: words.group, kind: 'number', digits: 1 }, { title: words.region, kind: 'number', digits: 1 }],
    rows: data.bands.map((band) => {
      const curve = data.items[at].curve.slice(band.from, band.to + 1).filter((share): share is number => share !== null);
      return [`${band.from}–${band.to}`, band.n, band.percent[at], curve.length ? curve.reduce((a, b) => a + b, 0) / curve.length : null];
    }),
  }), [data, at, words, t]);
  const own = data.scopes.find((scope) => scope.group)?.percent[at];
  const summary = t('one-summary', { item: item.label, own: format.percent(own), expected: format.percent(item.expected), difficulty: format.number(item.difficulty, 0) });
  return (
    <Chart level={3} title={t('one', { item: item.label })} summary={summary} option={made} table={table} height={280}>
      <Select size="small" aria-label={t('choose')} value={at} onChange={onChoose} options={data.items.map((one, k) => ({ value: k, label: t('one', { item: one.label }) }))} />
    </Chart>
  );
}
