import { Alert } from 'antd';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { Chart, type ChartOption, type Look, type Twin } from '../Chart';
import { useFormat } from '../format';
import { Loaded } from '../Loaded';

type Cutoffs = Schemas['UnitCutoffs'];

interface Words { observed: string; expected: string; score: string; works: string; mark: (mark: number) => string }

function option(look: Look, data: Cutoffs, words: Words): ChartOption {
  const scores = data.observed.map((_, score) => String(score));
  const edges = data.cutoffs.map((one, k) => ({ xAxis: String(one.cutoff), name: words.mark(data.first_mark + k + 1) }));
  return {
    grid: { left: 8, right: 16, top: look.narrow ? 72 : 52, bottom: 40, containLabel: true },
    legend: { top: 0, left: 0, icon: 'roundRect', textStyle: { color: look.text, fontSize: look.size } },
    tooltip: { trigger: 'axis', valueFormatter: (value) => look.format.number(value as number, 1) },
    xAxis: { type: 'category', data: scores, name: words.score, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.quiet }, axisLabel: { color: look.quiet }, axisLine: { lineStyle: { color: look.line } } },
    yAxis: { type: 'value', minInterval: 1, name: look.narrow ? undefined : words.works, nameTextStyle: { color: look.quiet, align: 'left' }, axisLabel: { color: look.quiet }, splitLine: { lineStyle: { color: look.line } } },
    series: [
      {
        name: words.observed, type: 'bar', barCategoryGap: '18%', itemStyle: { color: look.colors[0], opacity: 0.75 }, data: data.observed,
        markLine: {
          silent: true, symbol: 'none', lineStyle: { color: look.quiet, type: 'dashed' },
          label: { color: look.text, fontSize: look.size, formatter: (event) => event.name }, data: edges,
        },
      },
      ...(data.expected.length > 0 ? [{ name: words.expected, type: 'line' as const, symbol: 'none', lineStyle: { color: look.colors[1], width: 3 }, itemStyle: { color: look.colors[1] }, data: data.expected }] : []),
    ],
  };
}

function Drawn({ data, place, children }: { data: Cutoffs; place: string; children?: ReactNode }) {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const words = useMemo<Words>(() => ({
    observed: t('cutoffs.observed'), expected: t('cutoffs.expected'), score: t('cutoffs.score'), works: t('cutoffs.works'), mark: (mark) => t('cutoffs.mark', { mark }),
  }), [t]);
  const made = useCallback((look: Look) => option(look, data, words), [data, words]);
  const twin = useMemo<Twin>(() => ({
    columns: [{ title: words.score, kind: 'number' }, { title: words.observed, kind: 'number' }, { title: words.expected, kind: 'number', digits: 1 }],
    rows: data.observed.map((works, score) => [score, works, data.expected[score] ?? null]),
  }), [data, words]);
  const numbers = { place, n: format.number(data.n), lifted: format.number(data.lifted, 0), lo: format.number(data.lifted_lo, 0), hi: format.number(data.lifted_hi, 0) };
  const told = data.state !== 'ok' || data.lifted === null ? 'none' : data.lifted_lo !== null && data.lifted_lo > 0 ? 'more' : 'open';
  if (data.observed.length === 0) return <Alert type="info" showIcon title={t('cutoffs.no-works', { place })} />;
  return (
    <Chart title={t('cutoffs.title')} summary={t(`cutoffs.summary-${told}`, numbers)} option={made} table={twin}>{children}</Chart>
  );
}

/** Scores of a unit beside a smooth distribution without works lifted over the cut-offs, by the newest run. */
export function CutoffsChart({ unit, place, procedure, children }: { unit: number; place: string; procedure: string; children?: (data: Cutoffs) => ReactNode }) {
  const asked = $api.useQuery('get', '/units/{id}/cutoffs', { params: { path: { id: unit }, query: { procedure } } });
  return <Loaded of={asked} rows={6}>{(data) => <Drawn data={data} place={place}>{children?.(data)}</Drawn>}</Loaded>;
}
