import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { isMissing } from '../../api/queries';
import { Loaded } from '../../parts/Loaded';

const SHOWN = 10;

/** Schools of the unit whose works of this procedure ask for a look. */
export function Levels({ unit, procedure }: { unit: number; procedure: string }) {
  const { t } = useTranslation(['procedures', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  const asked = $api.useQuery('get', '/signs', { params: { query: { unit, procedure, level: 'school', evidence: 'attention', limit: SHOWN } } });
  return (
    <section className="oko-card" aria-labelledby="oko-levels">
      <h2 id="oko-levels">{t('levels.title')}</h2>
      <p className="oko-quiet">{t('levels.what')}</p>
      {isMissing(asked.error) ? <EmptyState why={t('levels.no-run')} /> : (
        <Loaded of={asked}>
          {(data) => (data.total === 0 ? <p>{t('levels.none')}</p> : (
            <>
              <DataTable
                name={t('levels.title')}
                rowKey="unit"
                dataSource={data.items}
                columns={[
                  { title: t('levels.school'), key: 'unit', render: (_, row) => <><Link to={keep(`/analysis/schools/${row.unit}`, { procedure })}>{row.unit_name}</Link><div className="oko-quiet">{row.municipality}</div></> },
                  { title: t('levels.evidence'), key: 'evidence', render: (_, row) => <EvidenceTag level={row.evidence} /> },
                  { title: t('levels.family'), key: 'family', render: (_, row) => (row.family ? t(`evidence:family.${row.family}`) : '—') },
                  { title: t('list.works'), key: 'n', align: 'right', render: (_, row) => format.number(row.n, 0) },
                  { title: 'q', key: 'q', align: 'right', render: (_, row) => format.p(row.q) },
                  { title: <span className="oko-sr">{t('levels.how')}</span>, key: 'how', render: (_, row) => <HowMade small of={row.unit_name} source={{ kind: 'sign', unit: row.unit, procedure }} /> },
                ]}
              />
              {data.total > SHOWN && <p><Link to={keep('/analysis/signs', { procedure })}>{t('levels.all', { count: data.total })}</Link></p>}
            </>
          ))}
        </Loaded>
      )}
    </section>
  );
}
