import type { BarSeriesOption, CustomSeriesOption, HeatmapSeriesOption, LineSeriesOption, MapSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, MarkAreaComponentOption, MarkLineComponentOption, TooltipComponentOption, VisualMapComponentOption } from 'echarts/components';
import type { ComposeOption, EChartsType } from 'echarts/core';

export type ChartOption = ComposeOption<
  | BarSeriesOption | CustomSeriesOption | HeatmapSeriesOption | LineSeriesOption | MapSeriesOption | ScatterSeriesOption
  | GridComponentOption | LegendComponentOption | MarkAreaComponentOption | MarkLineComponentOption | TooltipComponentOption | VisualMapComponentOption
>;
export type Engine = EChartsType;

/** A map that the picture draws: GeoJSON whose features have properties.name. */
export interface ChartMap { name: string; shapes: unknown }

export type Cell = string | number | null;
/** How a column of numbers is written: as it is, as a share 0…1 in per cent, as a p-value. */
export type ColumnKind = 'text' | 'number' | 'share' | 'p';
export interface Column { title: string; kind?: ColumnKind; digits?: number }
/** The numbers of a picture, all of them. null: not known. */
export interface Twin { columns: Column[]; rows: Cell[][] }
