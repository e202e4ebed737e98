import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { useFormat } from '../../parts/format';
import { useFilter } from './filter';
import { count, SEVERITIES, type Severity } from './report';
import { SeverityIcon } from './SeverityIcon';

/** How many problems of each kind; a kind that is pressed narrows the rows below. */
export function ProblemCounts({ counts }: { counts: Schemas['ProblemCount'][] }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const filter = useFilter();
  const options = SEVERITIES.filter((one) => count(counts, one) > 0).map((one) => ({ value: one, label: `${t(`severity.${one}`)} · ${format.number(count(counts, one))}` }));
  const shown = counts.filter((one) => !filter.severity || one.severity === filter.severity)
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.n - a.n);
  return (
    <div className="oko-stack oko-gap">
      {options.length > 1 && <div><Segmented<Severity | 'all'> aria-label={t('problems.severity')} value={filter.severity ?? 'all'} options={[{ value: 'all', label: t('severity.all') }, ...options]} onChange={(value) => filter.set(value === 'all' ? undefined : value)} /></div>}
      <ul className="oko-counts">
        {shown.map((one) => {
          const pressed = filter.reason === one.reason && (filter.severity ?? one.severity) === one.severity;
          return (
            <li key={`${one.severity}${one.reason}`}>
              <button type="button" aria-pressed={pressed} onClick={() => filter.set(pressed ? undefined : one.severity, pressed ? undefined : one.reason)}>
                <span className="oko-number">{format.number(one.n)}</span>
                <SeverityIcon severity={one.severity} />
                <span>{one.text}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
