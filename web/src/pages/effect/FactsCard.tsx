import { Card } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { FactList } from '../../parts/FactList';
import { useTold } from '../../parts/told';
import { useFormat } from '../../parts/format';
import { Verdict } from './Verdict';

type Facts = Schemas['EffectFacts'];

/** Numbers of one comparison, each with its meaning. */
export function FactNumbers({ facts }: { facts: Facts }) {
  const { t } = useTranslation('effect');
  const format = useFormat();
  const number = (value: number | null | undefined) => (value === null || value === undefined ? null : format.number(value));
  const items = [
    { key: 'before', label: t('facts.before'), children: number(facts.before) },
    { key: 'after', label: t('facts.after'), children: number(facts.after) },
    { key: 'controls', label: t('facts.controls', { count: facts.n_controls ?? 0 }), children: facts.controls_before == null ? null : t('facts.from-to', { before: number(facts.controls_before), after: number(facts.controls_after) }) },
    { key: 'itself', label: t('facts.itself'), children: number(facts.by_itself) },
    { key: 'effect', label: t('facts.effect'), children: facts.effect == null ? null : t('facts.with-interval', { value: number(facts.effect), lo: number(facts.effect_lo), hi: number(facts.effect_hi) }) },
    { key: 'did', label: t('facts.did'), children: number(facts.did) },
    { key: 'useful', label: t('facts.useful'), children: number(facts.useful) },
  ].filter((item) => item.children !== null);
  return items.length > 0 ? <FactList items={items} /> : null;
}

/** What the check of the effect found about a measure; nothing before it was made. */
export function FactsCard({ facts }: { facts: Facts | undefined }) {
  const { t } = useTranslation('effect');
  const told = useTold();
  if (!facts) return null;
  return (
    <Card title={<h2 className="oko-h2">{t('facts.title')}</h2>} extra={<Verdict verdict={facts.verdict} />}>
      <p>{told(facts.words, facts.words_en)}</p>
      <FactNumbers facts={facts} />
      <p className="oko-quiet">{t('regression')}</p>
    </Card>
  );
}
