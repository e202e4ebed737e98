import { Alert } from 'antd';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { Problem } from '../../api/problem';
import { Chart, type Look, type Twin } from '../Chart';
import { EmptyState } from '../EmptyState';
import { HowMade } from '../HowMade';
import { Loaded } from '../Loaded';
import { OneItem } from './OneItem';
import { profileOption, type ProfileWords } from './option';
import { Variants } from './Variants';

type Profile = Schemas['ItemProfile'];

function useScopeName(): (scope: Schemas['ItemScope']) => string {
  const { t } = useTranslation(['items', 'app']);
  return (scope) => (scope.level === 'class' ? t('class', { name: scope.name || t('no-class') }) : scope.name || t('everybody'));
}

function Overall({ data, onPick, children }: { data: Profile; onPick: (at: number) => void; children?: ReactNode }) {
  const { t } = useTranslation('items');
  const name = useScopeName();
  const names = data.scopes.map(name);
  const key = names.join('|');
  const words = useMemo<ProfileWords>(() => ({ item: t('item'), axis: t('axis'), expected: t('expected'), names: key.split('|') }), [t, key]);
  const option = useCallback((look: Look) => profileOption(look, data, words), [data, words]);
  const table = useMemo<Twin>(() => ({
    columns: [{ title: t('item') }, { title: t('max'), kind: 'number' }, { title: t('difficulty'), kind: 'number', digits: 1 }, ...words.names.map((title) => ({ title, kind: 'number' as const, digits: 1 })), { title: t('expected'), kind: 'number', digits: 1 }],
    rows: data.items.map((item, at) => [item.label, item.max, item.difficulty, ...data.scopes.map((scope) => scope.percent[at]), item.expected]),
  }), [data, words, t]);
  const hardest = data.items.reduce((a, b) => ((b.difficulty ?? 0) > (a.difficulty ?? 0) ? b : a));
  const easiest = data.items.reduce((a, b) => ((b.difficulty ?? 100) < (a.difficulty ?? 100) ? b : a));
  return (
    <Chart title={t('title')} summary={t('summary', { count: data.n, hardest: hardest.label, easiest: easiest.label })} option={option} table={table} height={360} onPick={(_name, at) => onPick(at)}>{children}</Chart>
  );
}

/** The item that differs most from what is expected: shown first. */
function furthest(data: Profile): number {
  const own = data.scopes.find((scope) => scope.group)?.percent ?? [];
  const gaps = data.items.map((item, at) => Math.abs((own[at] ?? 0) - (item.expected ?? own[at] ?? 0)));
  return Math.max(0, gaps.indexOf(Math.max(...gaps)));
}

function Shown({ data, procedure }: { data: Profile; procedure: string }) {
  const { t } = useTranslation('items');
  const [at, setAt] = useState(() => furthest(data));
  if (data.hidden) return <Alert type="info" showIcon title={t('hidden', { count: data.least })} />;
  return (
    <div className="oko-stack">
      <Overall data={data} onPick={setAt}>
        <HowMade of={t('title')} what={t('how')} numbers={[{ label: t('works'), value: data.n }, { label: t('procedure'), value: procedure }]} />
      </Overall>
      <OneItem data={data} at={Math.min(at, data.items.length - 1)} onChoose={setAt} />
      {data.variants.length > 1 && <Variants data={data} />}
    </div>
  );
}

/** Items of a procedure in a unit or a class, beside what lies around it. */
export function ItemProfile({ unit, procedure, label }: { unit: number; procedure: string; label?: string | null }) {
  const { t } = useTranslation('items');
  const asked = $api.useQuery('get', '/units/{id}/items', { params: { path: { id: unit }, query: { procedure, ...(label === null || label === undefined ? {} : { class: label }) } } });
  if (asked.error instanceof Problem && asked.error.code === 'http.no_items') return <EmptyState why={t('none')} />;
  return <Loaded of={asked} rows={6}>{(data) => <Shown data={data} procedure={procedure} />}</Loaded>;
}
