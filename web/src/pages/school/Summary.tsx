import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { speaks } from '../../parts/evidence';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { byStrength, levelOf, type Procedure, type View } from './view';

const SHOWN = 3;

/** Reasons of the procedures that ask for a look, without their facts, the most frequent first. */
function reasonsOf(flagged: Procedure[]): { text: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const one of flagged) for (const reason of (one.reasons ?? []).slice(0, SHOWN)) {
    const plain = reason.replace(/ \([^()]*\)$/, '');
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count).slice(0, SHOWN);
}

function Found({ flagged, onChoose }: { flagged: Procedure[]; onChoose: (code: string) => void }) {
  return (
    <ul className="oko-plain-list">
      {flagged.map((one) => (
        <li key={one.procedure}>
          <Button type="link" className="oko-inline" onClick={() => onChoose(one.procedure)}>{one.title}</Button> <EvidenceTag level={levelOf(one)} />
          {one.sentences?.[0] && <div className="oko-quiet">{one.sentences[0]}</div>}
        </li>
      ))}
    </ul>
  );
}

/** What was found, how sure it is, and which ordinary reasons are worth a look first. */
export function Summary({ view, onChoose }: { view: View; onChoose: (code: string) => void }) {
  const { t } = useTranslation(['school', 'evidence']);
  const format = useFormat();
  const known = view.procedures.filter((one) => !one.hidden);
  const flagged = known.filter((one) => speaks(one.evidence)).sort(byStrength);
  const years = known.map((one) => one.year);
  const reasons = reasonsOf(flagged);
  const first = flagged[0];
  return (
    <section className="oko-card oko-summary" aria-labelledby="oko-summary">
      <h2 id="oko-summary">{t('summary.title')}</h2>
      <p>{t('summary.loaded', { count: known.length, from: Math.min(...years), to: Math.max(...years) })}</p>
      {first ? (
        <>
          <p><strong>{t('summary.found', { count: flagged.length })}</strong></p>
          <Found flagged={flagged} onChoose={onChoose} />
          <p>
            {t('summary.sure', { title: first.title, reliability: t(`evidence:reliability.${first.reliability ?? 'none'}`), n: format.number(first.n, 0), q: format.p(first.q) })}
            <HowMade small of={first.title} source={{ kind: 'sign', unit: view.unit.id, procedure: first.procedure }} />
          </p>
          {reasons.length > 0 && (
            <>
              <h3>{t('summary.reasons')}</h3>
              <ol>{reasons.map((one) => <li key={one.text}>{one.text} {one.count > 1 && <span className="oko-quiet">{t('summary.times', { count: one.count })}</span>}</li>)}</ol>
            </>
          )}
        </>
      ) : <p><strong>{t('summary.nothing')}</strong></p>}
      <Alert type="info" showIcon title={t(first ? 'summary.note' : 'summary.note-nothing')} />
    </section>
  );
}
