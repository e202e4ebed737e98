import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { CutoffsChart } from '../../parts/chart/CutoffsChart';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { titleOf, useShownProcedure, type Overview } from './overview';

/** Scores of one procedure with its cut-offs: the chosen one, else the newest that has them. */
export function Distribution({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  const procedure = useShownProcedure(data);
  if (!procedure) return <Alert type="info" showIcon title={t('distribution.none')} description={t('distribution.none-why')} />;
  return (
    <CutoffsChart unit={data.unit.id} place={titleOf(data, procedure)} procedure={procedure}>
      {(found) => (
        <HowMade what={t('distribution.how')} run={found.run} numbers={[
          { label: t('works'), value: format.number(found.n) },
          ...found.cutoffs.map((one, k) => ({
            label: t('distribution.cutoff', { mark: found.first_mark + k + 1, score: one.cutoff }),
            value: t('distribution.lifted', { value: format.number(one.lifted, 0), lo: format.number(one.lifted_lo, 0), hi: format.number(one.lifted_hi, 0), p: format.p(one.p) }),
          })),
        ]} />
      )}
    </CutoffsChart>
  );
}
