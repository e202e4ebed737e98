import { Alert } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Chart, type Look, type Twin } from '../../parts/Chart';
import { intervalHeight, intervalOption, type IntervalRow } from '../../parts/chart/interval';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { titleOf, type Overview } from './overview';

/** Works above the cut-offs beyond what a smooth distribution has, procedure by procedure, with intervals. */
export function LiftedChart({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  const rows = useMemo<(IntervalRow & { n: number })[]>(() => data.cutoffs.filter((row) => row.state === 'ok').map((row) => ({
    name: titleOf(data, row.procedure), value: row.effect, lo: row.effect_lo, hi: row.effect_hi, n: row.n,
  })), [data]);
  const said = useCallback((row: IntervalRow) => t('lifted.row', { name: row.name, value: format.number(row.value, 0), lo: format.number(row.lo, 0), hi: format.number(row.hi, 0) }), [t, format]);
  const option = useCallback((look: Look) => intervalOption(look, rows, {
    value: said, axis: (value) => format.number(value, 0), axisName: t('lifted.axis'), line: { at: 0, name: '' },
  }), [rows, said, format, t]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('procedure') }, { title: t('works'), kind: 'number' }, { title: t('lifted.column'), kind: 'number', digits: 1 }, { title: t('lo'), kind: 'number', digits: 1 }, { title: t('hi'), kind: 'number', digits: 1 }],
    rows: rows.map((row) => [row.name, row.n, row.value, row.lo, row.hi]),
  }), [rows, t]);
  if (rows.length === 0) return <Alert type="info" showIcon title={t('lifted.no-data')} description={t('lifted.no-data-why')} />;
  const clear = rows.filter((row) => (row.lo ?? 0) > 0).length;
  return (
    <Chart title={t('lifted.title')} summary={t(clear > 0 ? 'lifted.summary' : 'lifted.summary-open', { count: clear, of: rows.length })} option={option} table={table} height={intervalHeight(rows.length)}>
      <HowMade what={t('lifted.how')} run={data.run} />
    </Chart>
  );
}
