import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';

type Place = Schemas['CoveragePlace'];

function usePage(): (place: Place) => string {
  const keep = useKeep();
  return (place) => keep(place.level === 'municipality' ? `/analysis/municipalities/${place.unit}` : `/analysis/schools/${place.unit}`, { unit: null });
}

/** Whose works are loaded: schools of the register with and without works, by what lies right below the unit. */
export function Coverage({ unit, procedure }: { unit: number; procedure: string }) {
  const { t } = useTranslation('procedures');
  const format = useFormat();
  const page = usePage();
  const paging = usePaging('coverage');
  const asked = $api.useQuery('get', '/procedures/{code}/coverage', { params: { path: { code: procedure }, query: { unit, limit: paging.limit, offset: paging.offset } } });
  return (
    <section className="oko-card" aria-labelledby="oko-coverage">
      <h2 id="oko-coverage">{t('coverage.title')}</h2>
      <Loaded of={asked} rows={6}>
        {({ whole, items, total }) => (
          <>
            <p>{t('coverage.whole', { schools: format.number(whole.schools, 0), all: format.number(whole.register_schools, 0), works: format.number(whole.works, 0), absent: format.number(whole.absent, 0) })}</p>
            {total > 0 && (
              <DataTable<Place>
                name={t('coverage.title')}
                rowKey="unit"
                dataSource={items}
                total={total}
                paging={paging}
                columns={[
                  { title: t('coverage.place'), key: 'name', render: (_, place) => <Link to={page(place)}>{place.name}</Link> },
                  { title: t('coverage.schools'), key: 'schools', render: (_, place) => (place.level === 'school' ? t(place.works > 0 ? 'coverage.yes' : 'coverage.no') : <span className="oko-row"><span className="oko-number">{t('coverage.of', { part: place.schools, all: place.register_schools })}</span><Progress percent={place.register_schools > 0 ? (100 * place.schools) / place.register_schools : 0} showInfo={false} size="small" style={{ width: 100 }} aria-label={place.name} /></span>) },
                  { title: t('list.works'), key: 'works', align: 'right', render: (_, place) => format.number(place.works, 0) },
                  { title: t('list.absent'), key: 'absent', align: 'right', render: (_, place) => format.number(place.absent, 0) },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
