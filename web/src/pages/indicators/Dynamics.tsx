import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { Chart, type ChartOption, type Look } from '../../parts/Chart';
import { Loaded } from '../../parts/Loaded';
import { useMeasured, type Level } from './data';

interface Props { code: string; title: string; unit: number; unitName: string; level: Level; measure: string | null; target: number | null }
interface Point { year: number; value: number | null; words: string }

function Line({ points, title, unitName, measure, target }: Props & { points: Point[] }) {
  const { t } = useTranslation(['indicators']);
  const measured = useMeasured();
  const told = points.map((point) => t('dynamics.point', { year: point.year, value: point.value === null ? point.words : measured(point.value, measure) })).join('; ');
  const option = useCallback((look: Look): ChartOption => ({
    grid: { left: 8, right: 24, top: 24, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? look.format.number(value, 1) : '—') },
    xAxis: { type: 'category', data: points.map((point) => String(point.year)), axisLabel: { color: look.quiet, fontSize: look.size } },
    yAxis: { type: 'value', axisLabel: { color: look.quiet, fontSize: look.size }, splitLine: { lineStyle: { color: look.line } }, scale: measure !== '%' },
    series: [{
      type: 'line', data: points.map((point) => point.value), symbolSize: 9, lineStyle: { width: 3, color: look.primary }, itemStyle: { color: look.primary },
      label: { show: true, color: look.text, fontSize: look.size, formatter: (at: { value: unknown }) => (typeof at.value === 'number' ? look.format.number(at.value, 1) : '') },
      ...(target === null ? {} : { markLine: { symbol: 'none', silent: true, lineStyle: { color: look.quiet, type: 'dashed' }, label: { color: look.quiet, position: 'insideEndTop', formatter: t('dynamics.target') }, data: [{ yAxis: target }] } }),
    }],
  }), [points, measure, target, t]);
  return (
    <Chart title={t('dynamics.title')} level={3} height={240} summary={t('dynamics.summary', { title, unit: unitName, told })} option={option}
      table={{ columns: [{ title: t('column.year') }, { title: t('column.value'), kind: 'number' }, { title: t('column.standing') }], rows: points.map((point) => [String(point.year), point.value, point.words]) }} />
  );
}

/** The newest values of an indicator for one unit, year after year. */
export function Dynamics(props: Props) {
  const { t } = useTranslation(['indicators']);
  const { code, unit, level } = props;
  const values = $api.useQuery('get', '/indicator-values', { params: { query: { code, unit, level, limit: 50 } } });
  const points = useMemo<Point[]>(() => (values.data?.items ?? []).map((one) => ({ year: one.year, value: one.value, words: one.value === null ? (one.why_text ?? '') : (one.standing_text ?? '') })).sort((a, b) => a.year - b.year), [values.data]);
  return (
    <Loaded of={values}>
      {() => (points.length < 2 ? <p className="oko-quiet">{t('dynamics.one')}</p> : <Line {...props} points={points} />)}
    </Loaded>
  );
}
