import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { useFormat } from '../../parts/format';
import { count, type Report } from './report';

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

export function ReportWords({ report, trial }: { report: Report; trial: boolean }) {
  const { t } = useTranslation('data');
  const keep = useKeep();
  const format = useFormat();
  const sentences = useSentences(report);
  if (report.unchanged) return <Alert type="info" showIcon title={t('report.unchanged')} />;
  const rejected = count(report.problem_counts, 'rejected');
  const repaired = count(report.problem_counts, 'repaired');
  return (
    <div className="oko-words">
      {trial && <Alert type="info" showIcon title={t('report.trial')} />}
      <ul>{sentences.map((sentence, i) => <li key={i}>{sentence}</li>)}</ul>
      {(rejected > 0 || repaired > 0) && <p>{t('report.problems', { rejected: format.number(rejected), repaired: format.number(repaired) })}</p>}
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
