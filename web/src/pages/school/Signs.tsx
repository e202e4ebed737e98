import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { Explained } from './Explained';
import { levelOf, type Procedure } from './view';

/** One procedure: every family that stands out with words, numbers and picture; ordinary reasons; then the others. */
export function Signs({ unit, of, all, onChoose }: { unit: number; of: Procedure; all: Procedure[]; onChoose: (code: string) => void }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  return (
    <section className="oko-card" aria-labelledby="oko-procedure">
      <div className="oko-part-head">
        <h2 id="oko-procedure" tabIndex={-1}>{of.title}</h2>
        <Select className="oko-no-print" aria-label={t('signs.choose')} value={of.procedure} popupMatchSelectWidth={false} onChange={onChoose} options={all.map((one) => ({ value: one.procedure, label: one.title }))} />
      </div>
      <p>
        <EvidenceTag level={levelOf(of)} />
        {t('signs.numbers', { n: format.number(of.n, 0), mean: format.number(of.mean), expected: format.number(of.expected), percent: format.percent(of.percent), q: format.p(of.q) })}{' '}
        <HowMade of={of.title} source={{ kind: 'sign', unit, procedure: of.procedure }} />
      </p>
      <Explained unit={unit} procedure={of.procedure} />
    </section>
  );
}
