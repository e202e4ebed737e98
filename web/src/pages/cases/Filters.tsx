import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../app/session';
import { statesOf } from '../../parts/turns';
import { useCaseFilter } from './filter';
import { FAMILIES, FINAL, OPEN, useSign } from './words';

/** Family of the sign, overdue, those that wait for the person; the list also by state. */
export function Filters({ signs }: { signs: Record<string, number> }) {
  const { t } = useTranslation(['cases', 'records']);
  const { role } = useMe();
  const { filter, change } = useCaseFilter();
  const name = useSign();
  const known = [...FAMILIES.filter((family) => signs[family]), ...Object.keys(signs).filter((sign) => !(FAMILIES as readonly string[]).includes(sign))];
  if (filter.sign && !known.includes(filter.sign)) known.push(filter.sign);
  const acts = statesOf('case', role) !== '';
  return (
    <div className="oko-row oko-gap oko-no-print" role="group" aria-label={t('filter.name')}>
      <Select allowClear className="oko-filter" aria-label={t('filter.sign')} placeholder={t('filter.any-sign')} value={filter.sign} onChange={(sign: string | undefined) => change({ sign: sign ?? null })}
        options={known.map((sign) => ({ value: sign, label: `${name(sign)} (${signs[sign] ?? 0})` }))} />
      {filter.view === 'list' && (
        <Select allowClear className="oko-filter" aria-label={t('filter.state')} placeholder={t('filter.any-state')} value={filter.state} onChange={(state: string | undefined) => change({ state: state ?? null })}
          options={[...OPEN, ...FINAL].map((state) => ({ value: state, label: t(`records:case.state.${state}`) }))} />
      )}
      <Checkbox checked={filter.overdue} onChange={(event) => change({ overdue: event.target.checked ? '1' : null })}>{t('filter.overdue')}</Checkbox>
      {acts && <Checkbox checked={filter.mine} onChange={(event) => change({ mine: event.target.checked ? '1' : null })}>{t('filter.mine')}</Checkbox>}
    </div>
  );
}
