import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { Loaded } from '../../parts/Loaded';
import { StateTag } from '../../parts/StateTag';
import { useAim, type Indicator } from './data';

/** The same indicator in other years. */
export function Versions({ code, current }: { code: string; current: number }) {
  const { t } = useTranslation(['indicators']);
  const aim = useAim();
  const keep = useKeep();
  const list = $api.useQuery('get', '/indicators', { params: { query: { member: 'code', value: code, sort: '-year', limit: 50 } } });
  return (
    <section className="oko-panel" aria-label={t('versions.title')}>
      <h2>{t('versions.title')}</h2>
      <Loaded of={list} rows={2}>
        {(data) => (
          <DataTable<Indicator>
            name={t('versions.title')} dataSource={data.items}
            columns={[
              { title: t('column.year'), key: 'year', render: (_, one) => (one.id === current ? one.year : <Link to={keep(`/indicators/${one.id}`, { year: one.year ?? null })}>{one.year}</Link>) },
              { title: t('column.aim'), key: 'aim', render: (_, one) => aim(one.body, one.body.unit) },
              { title: t('column.formula'), key: 'formula', render: (_, one) => <code className="oko-break">{one.body.formula}</code> },
              { title: t('column.state'), key: 'state', render: (_, one) => <StateTag kind="indicator" state={one.state} /> },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
