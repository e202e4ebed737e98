import { Tag } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { Chart, type Look, type Twin } from '../../parts/Chart';
import { intervalHeight } from '../../parts/chart/interval';
import { DataTable } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { stackedOption } from './DynamicsChart';

type Data = Schemas['PackTrial'];
type School = Data['items'][number];
const PARTS = ['both', 'only_tried', 'only_against', 'neither'] as const;

/** All packs side by side: how many schools each marks, and how it agrees with the tried one. */
function Packs({ data }: { data: Data }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  return (
    <section className="oko-chart" aria-labelledby="packs">
      <div className="oko-chart-head"><h2 id="packs">{t('trial.packs')}</h2><HowMade what={t('trial.how')} run={data.run} of={t('trial.packs')} /></div>
      <p className="oko-chart-summary">{t('trial.packs-what')}</p>
      <DataTable name={t('trial.packs')} size="small" scroll={{ x: 760 }} rowKey="pack" dataSource={data.packs} columns={[
        { title: t('trial.pack'), key: 'pack', render: (_, row) => t(`packs.${row.pack}`) },
        { title: t('trial.marked'), key: 'marked', align: 'right', render: (_, row) => (row.computed === 0 ? <span className="oko-quiet">{t('no-data')}</span> : t('of', { part: format.number(row.marked), all: format.number(row.computed) })) },
        ...PARTS.map((part) => ({ title: t(`trial.${part === 'only_against' ? 'only_this' : part}`), key: part, align: 'right' as const, render: (_: unknown, row: Data['packs'][number]) => format.number(row.agreement[part]) })),
        { title: <abbr title={t('trial.kappa-what')}>{t('trial.kappa')}</abbr>, key: 'kappa', align: 'right', render: (_, row) => format.number(row.agreement.kappa) },
      ]} />
    </section>
  );
}

function Rules({ data }: { data: Data }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  return (
    <section className="oko-chart" aria-labelledby="rules">
      <h2 id="rules">{t('trial.rules')}</h2>
      <DataTable name={t('trial.rules')} size="small" rowKey="rule" dataSource={data.rules} columns={[
        { title: t('trial.rule'), key: 'rule', render: (_, row) => t(`rules.${row.rule}`) },
        { title: t('trial.held'), key: 'held', align: 'right', render: (_, row) => format.number(row.held) },
        { title: t('trial.tried'), key: 'tried', align: 'right', render: (_, row) => format.number(row.tried) },
        { title: t('trial.change'), key: 'change', align: 'right', render: (_, row) => `${row.tried > row.held ? '+' : ''}${format.number(row.tried - row.held)}` },
      ]} />
    </section>
  );
}

function Towns({ data }: { data: Data }) {
  const { t } = useTranslation('region');
  const towns = data.municipalities;
  const option = useCallback((look: Look) => stackedOption(look, {
    names: towns.map((town) => town.name), axis: t('schools'),
    parts: [
      { name: t('trial.both'), color: (of) => of.colors[0], data: towns.map((town) => town.agreement.both) },
      { name: t('trial.only_tried'), color: (of) => of.colors[1], data: towns.map((town) => town.agreement.only_tried) },
      { name: t('trial.only_against'), color: (of) => of.colors[2], data: towns.map((town) => town.agreement.only_against) },
    ],
  }, true), [towns, t]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('town') }, ...PARTS.map((part) => ({ title: t(`trial.${part}`), kind: 'number' as const }))],
    rows: towns.map((town) => [town.name, ...PARTS.map((part) => town.agreement[part])]),
  }), [towns, t]);
  if (towns.length < 2) return null;
  const touched = towns.filter((town) => town.agreement.only_tried + town.agreement.only_against > 0).length;
  return <Chart title={t('trial.towns')} summary={t('trial.towns-summary', { count: touched, all: towns.length })} option={option} table={table} height={intervalHeight(towns.length) + 50} />;
}

function Mark({ marked, rules }: { marked: boolean | null; rules: string[] }) {
  const { t } = useTranslation('region');
  if (marked === null) return <span className="oko-quiet">{t('no-data')}</span>;
  if (!marked) return <>{t('trial.unmarked')}</>;
  return <>{rules.map((rule) => <Tag key={rule} color="warning">{t(`rules.${rule}`)}</Tag>)}</>;
}

function Schools({ data, page, turn }: { data: Data; page: number; turn: (page: number) => void }) {
  const { t } = useTranslation('region');
  const keep = useKeep();
  return (
    <section className="oko-chart" aria-labelledby="differ">
      <h2 id="differ">{t('trial.schools')}</h2>
      <p className="oko-chart-summary">{t('trial.schools-what', { count: data.total })}</p>
      <DataTable<School> name={t('trial.schools')} size="small" rowKey="unit" dataSource={data.items} total={data.total} paging={{ page, turn }} locale={{ emptyText: t('trial.no-difference') }} columns={[
        { title: t('code'), key: 'code', dataIndex: 'code' },
        { title: t('school'), key: 'name', render: (_, one) => <Link to={keep(`/analysis/schools/${one.unit}`)}>{one.name}</Link> },
        { title: t('town'), key: 'municipality', dataIndex: 'municipality' },
        { title: t(`packs.${data.against}`), key: 'against', render: (_, one) => <Mark marked={one.against} rules={one.against_rules} /> },
        { title: t('trial.tried'), key: 'tried', render: (_, one) => <Mark marked={one.tried} rules={one.tried_rules} /> },
      ]} />
    </section>
  );
}

/** What the tried thresholds come to: in a sentence, beside the other packs, by rule, by municipality, by school. */
export function Trial({ data, page, turn }: { data: Data; page: number; turn: (page: number) => void }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  const all = data.agreement;
  const same = all.both + all.neither;
  const known = same + all.only_tried + all.only_against;
  return (
    <div className="oko-stack" role="region" aria-label={t('trial.name')}>
      <div className="oko-words" role="status">
        <p>{t('trial.summary', { tried: format.number(all.both + all.only_tried), against: format.number(all.both + all.only_against), pack: t(`packs.${data.against}`) })}{' '}
          {known > 0 && t('trial.same', { count: same, known: format.number(known), share: format.share(same / known, 0) })}{' '}
          {all.unknown > 0 && t('trial.unknown', { count: all.unknown })}</p>
      </div>
      <Packs data={data} />
      <Rules data={data} />
      <Towns data={data} />
      <Schools data={data} page={page} turn={turn} />
    </div>
  );
}
