import { DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, Button, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { $api, href } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { Corrections } from './Corrections';
import { ImportState } from './ImportList';
import { ProblemCounts } from './ProblemCounts';
import { ProblemRows } from './ProblemRows';
import { summaryOf, type Import } from './report';
import { UndoDialog } from './UndoDialog';
import '../../styles/data.css';

function Facts({ of }: { of: Import }) {
  const { t, i18n } = useTranslation('data');
  const keep = useKeep();
  const format = useFormat();
  const summary = summaryOf(of);
  const layout = `layout.${of.layout}`;
  const facts: [string, React.ReactNode][] = [
    ['fact.state', <ImportState of={of} />],
    ['fact.when', format.time(of.created)],
    ['fact.who', of.user_name ?? t('imports.nobody')],
    ['fact.kind', i18n.exists(`data:${layout}`) ? t(layout) : of.layout],
  ];
  if (of.procedure) facts.push(['fact.procedure', of.procedure]);
  if (summary.counts?.rows) facts.push(['fact.works', format.number(summary.counts.rows)], ['fact.schools', format.number(summary.schools)]);
  for (const key of ['units', 'aggregates', 'externals', 'findings', 'new_units', 'works_lost'] as const) if (summary[key]) facts.push([`fact.${key}`, format.number(summary[key])]);
  if (summary.dropped_columns?.length) facts.push(['fact.dropped', summary.dropped_columns.join(', ')]);
  if (of.corrects) facts.push(['fact.corrects', <Link to={keep(`/data/imports/${of.corrects}`)}>№ {of.corrects}</Link>]);
  if (of.undone_by) facts.push(['fact.undone-by', <Link to={keep(`/data/imports/${of.undone_by}`)}>№ {of.undone_by}</Link>]);
  if (of.undoes) facts.push(['fact.undoes', <Link to={keep(`/data/imports/${of.undoes}`)}>№ {of.undoes}</Link>], ['fact.sheets-ended', format.number(summary.sheets_ended)], ['fact.sheets-back', format.number(summary.sheets_back)], ['fact.units-gone', format.number(summary.units_gone)]);
  return <Descriptions className="oko-import" size="small" column={{ xs: 1, md: 2, xl: 3 }} items={facts.map(([key, value]) => ({ key, label: t(key), children: value }))} />;
}

function Problems({ of }: { of: Import }) {
  const { t } = useTranslation('data');
  const operator = useRole('operator');
  if ((of.problems ?? []).length === 0) return <Alert type="success" showIcon title={t('problems.none')} />;
  return (
    <>
      <h2 className="oko-part">{t('problems.title')}</h2>
      <p className="oko-quiet">{t(of.kept ? (operator && !of.undone_by ? 'problems.what-fix' : 'problems.what') : 'problems.what-gone')}</p>
      <ProblemCounts counts={of.problems ?? []} />
      <ProblemRows of={of} fixing={operator && of.kept === true && !of.undone_by} />
    </>
  );
}

/** One file that was read: what came of it, its problems beside the rows, cells put right, taking it back. */
export default function ImportPage() {
  const { t } = useTranslation(['data', 'app']);
  const { id } = useParams();
  const keep = useKeep();
  const operator = useRole('operator');
  const [undoing, setUndoing] = useState(false);
  const asked = $api.useQuery('get', '/imports/{id}', { params: { path: { id: Number(id) } } });
  const crumbs = [{ title: t('data:load.title'), to: keep('/data') }];
  return (
    <Loaded of={asked}>
      {(one) => (
        <>
          <PageHead title={one.file} what={t(one.undoes ? 'data:import.what-undo' : 'data:import.what', { id: one.id })} crumbs={crumbs}>
            {(one.problems ?? []).length > 0 && (
              <>{(['xlsx', 'csv'] as const).map((format) => <Button key={format} icon={<DownloadOutlined aria-hidden />} href={href(`/imports/${one.id}/problems/file`, { format })} download>{t(`data:import.as-${format}`)}</Button>)}</>
            )}
            {operator && !one.undoes && !one.undone_by && one.revision > 0 && <Button danger icon={<UndoOutlined aria-hidden />} onClick={() => setUndoing(true)}>{t('data:undo.go')}</Button>}
          </PageHead>
          <Facts of={one} />
          {one.corrections && one.corrections.length > 0 && <Corrections list={one.corrections} />}
          {!one.undoes && <Problems of={one} />}
          {undoing && <UndoDialog of={one} onClose={() => setUndoing(false)} />}
        </>
      )}
    </Loaded>
  );
}
