import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { useFormat } from '../../parts/format';
import { useReasons } from './reasons';
import { count, SEVERITIES, type Report } from './report';
import { SeverityIcon } from './SeverityIcon';

const MOST = 8;
const quoted = (words: readonly string[]) => words.map((word) => `«${word}»`).join(', ');

/** What was read, in sentences: only what there was. */
function useSentences(report: Report): ReactNode[] {
  const { t } = useTranslation('data');
  const format = useFormat();
  const n = (value: number) => format.number(value);
  const said: ReactNode[] = [];
  const add = (key: string, value: number) => { if (value > 0) said.push(t(key, { count: value, n: n(value) })); };
  if (report.participants > 0) said.push(t('report.works', { works: t('report.works-n', { count: report.participants, n: n(report.participants) }), schools: t('report.schools-n', { count: report.schools, n: n(report.schools) }), codes: report.procedures.join(', ') }));
  add('report.aggregates', report.aggregates);
  add('report.externals', report.externals);
  add('report.findings', report.findings);
  add('report.units', report.units);
  if (report.sheets_replaced + report.sheets_removed > 0) said.push(t('report.replaced', { replaced: n(report.sheets_replaced), removed: n(report.sheets_removed) }));
  add('report.lost', report.works_lost);
  if (report.dropped_columns.length > 0) said.push(t('report.dropped', { columns: quoted(report.dropped_columns) }));
  return said;
}

/** What was wrong, by reason, the worst first; one by one it stands on the page of the file. */
function Reasons({ counts }: { counts: Report['problem_counts'] }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const words = useReasons();
  const all = new Map<string, { severity: Report['problem_counts'][number]['severity']; reason: string; n: number }>();
  for (const { severity, reason, n } of counts.filter((one) => one.severity !== 'note')) {
    const key = `${severity} ${reason}`;
    all.set(key, { severity, reason, n: (all.get(key)?.n ?? 0) + n });
  }
  const shown = [...all.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.n - a.n);
  if (!words || shown.length === 0) return null;
  return (
    <ul aria-label={t('report.reasons')}>
      {shown.slice(0, MOST).map((one) => <li key={`${one.severity} ${one.reason}`}><SeverityIcon severity={one.severity} /> {format.number(one.n)} — {words(one.reason)}</li>)}
    </ul>
  );
}

export function ReportWords({ report, trial }: { report: Report; trial: boolean }) {
  const { t } = useTranslation('data');
  const keep = useKeep();
  const format = useFormat();
  const sentences = useSentences(report);
  if (report.unchanged) return <Alert type="info" showIcon title={t('report.unchanged')} />;
  const rejected = count(report.problem_counts, 'rejected');
  const repaired = count(report.problem_counts, 'repaired');
  return (
    <div className="oko-import-words">
      {trial && <Alert type="info" showIcon title={t('report.trial')} />}
      <ul>{sentences.map((sentence, i) => <li key={i}>{sentence}</li>)}</ul>
      {(rejected > 0 || repaired > 0) && <p>{t('report.problems', { rejected: format.number(rejected), repaired: format.number(repaired) })}</p>}
      <Reasons counts={report.problem_counts} />
      {trial && rejected + repaired > 0 && <p className="oko-quiet">{t('report.trial-places')}</p>}
      {report.import !== null && (
        <p className="oko-row">
          <Link to={keep(`/data/imports/${report.import}`, rejected > 0 ? { severity: 'rejected' } : {})}>{t(rejected + repaired > 0 ? 'report.see-problems' : 'report.see')}</Link>
          {report.new_units > 0 && report.layout !== 'register' && <Link to={keep('/data/matching', { import: report.import })}>{t('report.match', { count: report.new_units, n: format.number(report.new_units) })}</Link>}
        </p>
      )}
      {trial && report.new_units > 0 && <p>{t('report.new-units', { count: report.new_units, n: format.number(report.new_units) })}</p>}
    </div>
  );
}
