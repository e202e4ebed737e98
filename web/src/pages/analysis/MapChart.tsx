import { Select } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { Chart, type ChartMap, type ChartOption, type Look, type Twin } from '../../parts/Chart';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { Loaded } from '../../parts/Loaded';
import type { Overview, Sums, Town } from './overview';

type RegionMap = Schemas['RegionMap'];
interface Feature { type: string; properties: { unit: number | null; name: string }; geometry: unknown }
const MEASURES = ['rate', 'marked', 'lifted'] as const;
type Measure = (typeof MEASURES)[number];

const valueOf = (sums: Sums, measure: Measure): number | null => (measure === 'rate' ? sums.rate : measure === 'marked' ? sums.marked : sums.lifted);

/** The map as the engine takes it: shapes named by the unit's number; those of nobody by their own name. */
function mapOf(map: RegionMap): ChartMap | undefined {
  const shapes = map.shapes as { type: string; features: Feature[] } | null;
  if (!shapes) return undefined;
  const features = shapes.features.map((one) => ({ ...one, properties: { name: one.properties.unit === null ? one.properties.name : String(one.properties.unit) } }));
  return { name: `region-${map.updated}`, shapes: { type: 'FeatureCollection', features } };
}

interface Words { value: (value: number | null) => string; name: (unit: string) => string }

function scaled(look: Look, values: (number | null)[], words: Words): ChartOption['visualMap'] {
  const known = values.filter((one): one is number => one !== null);
  const lo = Math.min(0, ...known);
  const hi = Math.max(...known, lo + 1e-9);
  return {
    type: 'continuous', min: lo, max: hi, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 140, itemWidth: 12, calculable: false,
    text: [words.value(hi), words.value(lo)], textStyle: { color: look.text }, inRange: { color: look.scale },
  };
}

/** Letters that can be read on the colour of a value. */
function inkOf(look: Look, values: (number | null)[], value: number): string {
  const known = values.filter((one): one is number => one !== null);
  const lo = Math.min(0, ...known);
  return (value - lo) / (Math.max(...known, lo + 1e-9) - lo) > 0.55 ? look.ground : look.text;
}

const halo = (look: Look) => ({ color: look.text, textBorderColor: look.ground, textBorderWidth: 3, fontSize: look.size });

function shapesOption(look: Look, map: ChartMap, towns: Town[], measure: Measure, words: Words): ChartOption {
  const data = towns.map((town) => ({ name: String(town.unit.id), value: valueOf(town.sums, measure) ?? NaN }));
  return {
    tooltip: { trigger: 'item', formatter: (event) => { const one = event as unknown as { name: string; value: number }; return `${words.name(one.name)}<br>${words.value(Number.isFinite(one.value) ? one.value : null)}`; } },
    visualMap: scaled(look, towns.map((town) => valueOf(town.sums, measure)), words),
    series: [{
      type: 'map', map: map.name, data, left: 8, right: 8, bottom: 40, top: 8, preserveAspect: 'contain', selectedMode: false,
      itemStyle: { areaColor: look.nothing, borderColor: look.ground, borderWidth: 1 },
      emphasis: { label: { show: true, ...halo(look) }, itemStyle: { areaColor: undefined, borderColor: look.text, borderWidth: 2 } },
      label: { show: towns.length <= 40, formatter: (event) => words.name(event.name), ...halo(look) },
    }],
  };
}

function tilesOption(look: Look, map: RegionMap, towns: Town[], measure: Measure, words: Words): ChartOption {
  const columns = Math.max(0, ...map.tiles.map((tile) => tile.column)) + 1;
  const rows = Math.max(0, ...map.tiles.map((tile) => tile.row)) + 1;
  const known = new Map(towns.map((town) => [town.unit.id, valueOf(town.sums, measure)]));
  const placed = map.tiles.filter((tile) => known.has(tile.unit));
  const axis = { type: 'category' as const, show: false, splitArea: { show: false } };
  const label = { show: true, overflow: 'truncate' as const, width: Math.floor(620 / columns), formatter: (event: { name: string; value: unknown }) => `${words.name(event.name)}\n${words.value((event.value as (number | null)[])[2] ?? null)}`, fontSize: look.size };
  const box = { borderColor: look.ground, borderWidth: 3, borderRadius: 6 };
  const cells = (missing: boolean) => placed.filter((tile) => (known.get(tile.unit) === null) === missing)
    .map((tile) => ({
      name: String(tile.unit), value: [tile.column, tile.row, missing ? null : known.get(tile.unit)!] as unknown as number[],
      label: { color: inkOf(look, [...known.values()], known.get(tile.unit) ?? 0) },
    }));
  return {
    grid: { left: 0, right: 0, top: 0, bottom: 44 },
    tooltip: { trigger: 'item', formatter: (event) => { const one = event as unknown as { name: string; value: (number | null)[] }; return `${words.name(one.name)}<br>${words.value(one.value[2] ?? null)}`; } },
    visualMap: { ...(scaled(look, placed.map((tile) => known.get(tile.unit) ?? null), words) as object), dimension: 2, seriesIndex: 0 },
    xAxis: { ...axis, data: Array.from({ length: columns }, (_, i) => i) },
    yAxis: { ...axis, inverse: true, data: Array.from({ length: rows }, (_, i) => i) },
    series: [
      { type: 'heatmap', data: cells(false), label, itemStyle: box },
      {
        type: 'custom', data: cells(true), itemStyle: { color: look.nothing },
        renderItem: (params, api) => {
          const [x, y] = api.coord([api.value(0), api.value(1)]);
          const [w, h] = api.size!([1, 1]) as number[];
          const tile = cells(true)[params.dataIndex];
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: { x: x - w / 2 + 2, y: y - h / 2 + 2, width: w - 4, height: h - 4, r: 6 }, style: { fill: look.nothing } },
              { type: 'text', style: { x, y, text: `${words.name(tile.name)}\n${words.value(null)}`, align: 'center', verticalAlign: 'middle', fill: look.text, fontSize: look.size, width: w - 8, overflow: 'truncate' } },
            ],
          };
        },
      },
    ],
  };
}

/** What is shown; without a wish the share, or the count where most municipalities are too small for a share. */
function useMeasure(towns: Town[]): [Measure, (measure: string) => void] {
  const [search, setSearch] = useSearchParams();
  const shares = towns.filter((town) => town.sums.rate !== null).length;
  const found = MEASURES.find((one) => one === search.get('map')) ?? (2 * shares > towns.length ? 'rate' : 'marked');
  const change = useCallback((measure: string) => setSearch((old) => { const next = new URLSearchParams(old); next.set('map', measure); return next; }, { replace: true }), [setSearch]);
  return [found, change];
}

function Drawn({ data, map }: { data: Overview; map: RegionMap }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  const keep = useKeep();
  const go = useNavigate();
  const [measure, choose] = useMeasure(data.municipalities);
  const edits = useRole('operator', 'admin');
  const shapes = useMemo(() => mapOf(map), [map]);
  const words = useMemo<Words>(() => {
    const names = new Map(data.municipalities.map((town) => [String(town.unit.id), town.unit.name]));
    return {
      name: (unit) => names.get(unit) ?? unit,
      value: (value) => (value === null ? t('map.unknown') : measure === 'rate' ? format.share(value, 0) : format.number(value, 0)),
    };
  }, [data, measure, format, t]);
  const option = useCallback((look: Look) => (shapes ? shapesOption(look, shapes, data.municipalities, measure, words) : tilesOption(look, map, data.municipalities, measure, words)), [shapes, map, data, measure, words]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('town') }, { title: t('schools'), kind: 'number' }, { title: t('marked'), kind: 'number' }, { title: t('rate'), kind: 'share' }, { title: t('lifted.column'), kind: 'number', digits: 0 }],
    rows: data.municipalities.map((town) => [town.unit.name, town.sums.schools, town.sums.marked, town.sums.rate, town.sums.lifted]),
  }), [data, t]);
  const numbers = data.municipalities.map((town) => valueOf(town.sums, measure)).filter((one): one is number => one !== null);
  const summary = numbers.length === 0 ? t('map.none') : t(`map.summary-${measure}`, { count: data.municipalities.length, lo: words.value(Math.min(...numbers)), hi: words.value(Math.max(...numbers)) });
  const pick = useCallback((name: string) => { if (/^\d+$/.test(name) && data.municipalities.some((town) => town.unit.id === Number(name))) void go(keep(`/analysis/municipalities/${name}`)); }, [go, keep, data]);
  return (
    <Chart title={t('map.title')} summary={summary} option={option} table={table} map={shapes} height={shapes ? 440 : 360} onPick={pick}>
      <Select size="small" aria-label={t('map.measure')} value={measure} onChange={choose} popupMatchSelectWidth={false} options={MEASURES.map((value) => ({ value, label: t(`map.${value}`) }))} />
      {edits && <Link to="/analysis/map">{t(shapes ? 'map.change' : 'map.add')}</Link>}
      <HowMade what={t('map.how')} run={data.evidence_run} />
    </Chart>
  );
}

/** The region's municipalities as a map that somebody gave, or as tiles. */
export function MapChart({ data }: { data: Overview }) {
  const map = $api.useQuery('get', '/map', {}, { staleTime: 300_000 });
  return <Loaded of={map} rows={6}>{(found) => <Drawn data={data} map={found} />}</Loaded>;
}
