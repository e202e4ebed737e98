import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';

type Work = Schemas['PairWork'];
const RARE = 20; // % of works with such a total

/** Is this answer the one that most works of the group give, and by how many is it shared? */
function sharedAt(works: Work[], item: number): number | null {
  const counts = new Map<number, number>();
  for (const work of works) counts.set(work.answers[item], (counts.get(work.answers[item]) ?? 0) + 1);
  const [answer, count] = [...counts].sort((a, b) => b[1] - a[1])[0];
  return count > works.length / 2 && count > 1 ? answer : null;
}

/** Answers of similar works under each other: the same ones are tinted, those that few others give are underlined. */
export function Answers({ labels, works, name }: { labels: string[]; works: Work[]; name: string }) {
  const { t } = useTranslation('school');
  const shared = labels.map((_, item) => sharedAt(works, item));
  return (
    <>
      <div className="oko-scroll" tabIndex={0} role="group" aria-label={name}>
        <table className="oko-answers">
          <caption className="oko-sr">{name}</caption>
          <thead><tr><th scope="col">{t('pairs.code')}</th><th scope="col">{t('pairs.variant')}</th><th scope="col">{t('pairs.total')}</th>{labels.map((label) => <th key={label} scope="col">{label}</th>)}</tr></thead>
          <tbody>
            {works.map((work) => (
              <tr key={work.code}>
                <th scope="row">{work.code}</th><td>{work.variant || '—'}</td><td>{work.total}</td>
                {work.answers.map((answer, item) => {
                  const same = shared[item] === answer;
                  const rare = same && work.chances[item] < RARE;
                  return <td key={item} data-same={same} data-rare={rare} title={t('pairs.chance', { chance: work.chances[item] })}>{answer}{rare && <span className="oko-sr"> ({t('pairs.rare')})</span>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="oko-quiet">{t('pairs.legend', { rare: RARE })}</p>
    </>
  );
}
