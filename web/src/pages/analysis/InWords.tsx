import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../../parts/format';
import type { Overview, Sums } from './overview';

/** How many schools have signs, with the share and its interval where there are enough schools for one. */
function useSchools(): (sums: Sums) => string {
  const { t } = useTranslation('region');
  const format = useFormat();
  return (sums) => {
    const numbers = { count: sums.marked, computed: format.number(sums.computed), rate: format.share(sums.rate), lo: format.share(sums.rate_lo), hi: format.share(sums.rate_hi) };
    return t(sums.rate === null ? 'words.schools-few' : 'words.schools', numbers);
  };
}

function useLifted(): (sums: Sums) => string | null {
  const { t } = useTranslation('region');
  const format = useFormat();
  return (sums) => {
    if (sums.lifted === null || sums.lifted_lo === null) return null;
    const numbers = { count: sums.lifted_of, lifted: format.number(sums.lifted, 0), lo: format.number(sums.lifted_lo, 0), hi: format.number(sums.lifted_hi, 0) };
    return t(sums.lifted_lo > 0 ? 'words.lifted' : 'words.lifted-open', numbers);
  };
}

/** First of all: what the region or municipality looks like, in sentences. */
export function InWords({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  const schools = useSchools();
  const lifted = useLifted();
  const all = data.all;
  const attention = all.levels.attention > 0 ? t('words.attention', { count: all.levels.attention }) : '';
  const missing = all.levels.no_data > 0 ? t('words.no-data', { count: all.levels.no_data }) : '';
  return (
    <div className="oko-words">
      <p>
        {t('words.loaded', { count: all.schools, works: t('words.works', { count: all.works, n: format.number(all.works) }) })}{' '}
        <b>{schools(all)}</b> {attention} {missing}
      </p>
      {lifted(all) && <p>{lifted(all)}</p>}
      <Alert type="info" showIcon title={t('words.not-a-verdict')} />
    </div>
  );
}
