import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';

function Same({ yes, name }: { yes: boolean; name: string }) {
  const { t } = useTranslation('region');
  return <li>{yes ? <CheckCircleOutlined /> : <CloseCircleOutlined />} {t(yes ? 'compare.same' : 'compare.differs', { name })}</li>;
}

const text = (value: unknown): string => (value === null || value === undefined ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Two runs side by side: whether method, data and results are the same, and every member that differs. */
export function Comparison({ a, b }: { a: number; b: number }) {
  const { t } = useTranslation('region');
  const asked = $api.useQuery('get', '/runs/compare', { params: { query: { a, b } } });
  return (
    <section className="oko-chart" aria-labelledby="compare">
      <h2 id="compare">{t('compare.title', { a, b })}</h2>
      <Loaded of={asked} rows={3}>
        {(data) => (
          <>
            <ul className="oko-links">
              <Same yes={data.same_method} name={t('compare.method')} />
              <Same yes={data.same_data} name={t('compare.data')} />
              <Same yes={data.same_results} name={t('compare.results')} />
            </ul>
            <DataTable name={t('compare.title', { a, b })} size="small" rowKey="member" dataSource={data.differences} columns={[
              { title: t('compare.member'), dataIndex: 'member', key: 'member' },
              { title: `№ ${a}`, key: 'a', render: (_, row) => <span className="oko-mono">{text(row.a)}</span> },
              { title: `№ ${b}`, key: 'b', render: (_, row) => <span className="oko-mono">{text(row.b)}</span> },
            ]} />
          </>
        )}
      </Loaded>
    </section>
  );
}
