import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { isMissing } from '../../api/queries';
import { Problem } from '../../api/problem';
import { Chart, type Look } from '../Chart';
import { EmptyState } from '../EmptyState';
import { Loaded } from '../Loaded';
import { compareOption, compareTwin } from './compare';
import { itemOption, itemTwin } from './items';
import { pairOption, pairTwin } from './pairs';
import { scoreOption, scoreTwin } from './scores';

type Picture = Schemas['Picture'];

function largest(of: Picture): number {
  const values = of.rows.flatMap((row) => [row.observed ?? 0, row.hi ?? 0]);
  return Math.ceil(Math.max(4, ...values));
}

function Drawn({ of, children }: { of: Picture; children?: ReactNode }) {
  const { t } = useTranslation('pictures');
  const words = useMemo(() => ({
    compare: { axis: t(`axis.${of.kind}`), observed: t('observed'), expected: t(`expected.${of.kind}`), interval: t('interval'), row: t(of.kind === 'journal' ? 'journal-mark' : 'procedure') },
    scores: { score: t('score'), works: t('works'), observed: t('observed-works'), expected: t('expected.histogram'), mark: (mark: number) => t('mark', { mark }) },
    items: { item: t('item'), max: t('max'), axis: t('axis.profile'), seen: t('observed'), expected: t('expected.profile'), marked: t('marked'), better: t('better'), worse: t('worse') },
    pairs: { same: t('same'), roots: t('pairs'), seen: t('observed'), expected: t('expected.pairs'), rare: t('rare') },
  }), [t, of.kind]);
  const option = useCallback((look: Look) => {
    if (of.kind === 'histogram') return scoreOption(look, of.scores, of.cutoffs, words.scores);
    if (of.kind === 'profile') return itemOption(look, of.items, words.items);
    if (of.kind === 'pairs') return pairOption(look, of.bins, words.pairs);
    return compareOption(look, of.rows, words.compare, of.kind === 'roster' ? largest(of) : 100);
  }, [of, words]);
  const table = useMemo(() => {
    if (of.kind === 'histogram') return scoreTwin(of.scores, words.scores);
    if (of.kind === 'profile') return itemTwin(of.items, words.items);
    if (of.kind === 'pairs') return pairTwin(of.bins, words.pairs);
    return compareTwin(of.rows, words.compare);
  }, [of, words]);
  const height = of.rows.length > 0 ? 110 + 38 * of.rows.length : 320;
  return <Chart level={3} title={t(`title.${of.kind}`)} summary={of.summary} option={option} table={table} height={height}>{children}</Chart>;
}

interface Props { unit: number; procedure: string; statistic: string; label?: string | null; children?: ReactNode }

/** The picture of one check of a group, from the numbers that reports draw. label: of a class. */
export function SignPicture({ unit, procedure, statistic, label, children }: Props) {
  const { t } = useTranslation('pictures');
  const asked = $api.useQuery('get', '/signs/picture', { params: { query: { unit, procedure, statistic, ...(label === null || label === undefined ? {} : { class: label }) } } });
  const none = isMissing(asked.error) || (asked.error instanceof Problem && asked.error.code === 'http.no_picture');
  if (none) return <EmptyState why={t('none')} />;
  return <Loaded of={asked} rows={6}>{(data) => (data.rows.length + data.items.length + data.bins.length + data.scores.length > 0 ? <Drawn of={data}>{children}</Drawn> : <EmptyState why={t('none')} />)}</Loaded>;
}
