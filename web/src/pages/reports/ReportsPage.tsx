import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useContextBar } from '../../app/context';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { EmptyState } from '../../parts/EmptyState';
import { Documents } from './Documents';
import { Made } from './Made';
import { ReportCard } from './ReportCard';
import { useRoadmaps } from '../roadmap/table';

/** What can be made for the chosen organisation, and what was made before: every report is kept and can be taken again. */
export default function ReportsPage() {
  const { t } = useTranslation(['reports', 'app']);
  const { unit, year } = useContextBar();
  const [only] = useState(() => new Date().getFullYear());
  const regions = $api.useQuery('get', '/units', { params: { query: { level: 'region', limit: 2 } } }, { enabled: unit === null });
  const id = unit ?? regions.data?.items[0]?.id ?? null;
  const asked = $api.useQuery('get', '/units/{id}', { params: { path: { id: id ?? 0 } } }, { enabled: id !== null });
  const { all } = useRoadmaps();
  const roadmap = all[0]?.key;
  return (
    <>
      <PageHead title={t('reports:page')} what={t('reports:what')} />
      {id === null && regions.data ? <EmptyState why={t('reports:no-units')} /> : (
        <Loaded of={asked}>
          {(of) => (
            <>
              <h2 className="oko-h" style={{ marginBottom: 12 }}>{t('reports:for', { unit: of.name })}</h2>
              <div className="oko-cards oko-gap">
                <ReportCard kind="results" unit={of} formats={['html', 'xlsx']} />
                {roadmap && <ReportCard kind="roadmap" unit={of} formats={['docx', 'xlsx', 'html']} code={roadmap} />}
                {roadmap && <ReportCard kind="evidence" unit={of} formats={['zip']} code={roadmap} />}
                <Documents year={year ?? only} />
              </div>
            </>
          )}
        </Loaded>
      )}
      <Made />
    </>
  );
}
