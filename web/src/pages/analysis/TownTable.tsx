import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import type { Overview, Town } from './overview';

const smaller = (a: number | null, b: number | null) => (a === null || b === null ? Number(a === null) - Number(b === null) : a - b);

/** Municipalities in the order of their codes; sorted otherwise only when asked. */
export function TownTable({ data }: { data: Overview }) {
  const { t } = useTranslation(['region', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  return (
    <DataTable<Town>
      name={t('towns.title')}
      rowKey={(town) => town.unit.id}
      dataSource={data.municipalities}
      scroll={{ x: 820 }}
      columns={[
        { title: t('town'), key: 'name', sorter: (a, b) => format.compare(a.unit.name, b.unit.name), render: (_, town) => <Link to={keep(`/analysis/municipalities/${town.unit.id}`)}>{town.unit.name}</Link> },
        { title: t('schools'), key: 'schools', align: 'right', sorter: (a, b) => a.sums.schools - b.sums.schools, render: (_, town) => format.number(town.sums.schools) },
        { title: t('works'), key: 'works', align: 'right', sorter: (a, b) => a.sums.works - b.sums.works, render: (_, town) => format.number(town.sums.works) },
        { title: t('evidence:level.attention'), key: 'attention', align: 'right', sorter: (a, b) => a.sums.levels.attention - b.sums.levels.attention, render: (_, town) => format.number(town.sums.levels.attention) },
        { title: t('evidence:level.signs'), key: 'signs', align: 'right', sorter: (a, b) => a.sums.levels.signs - b.sums.levels.signs, render: (_, town) => format.number(town.sums.levels.signs) },
        { title: t('evidence:level.strong'), key: 'strong', align: 'right', sorter: (a, b) => a.sums.levels.strong - b.sums.levels.strong, render: (_, town) => format.number(town.sums.levels.strong) },
        { title: t('rate'), key: 'rate', align: 'right', sorter: (a, b) => smaller(a.sums.rate, b.sums.rate), render: (_, town) => (town.sums.rate === null ? <span className="oko-quiet">{t('too-few')}</span> : <>{format.share(town.sums.rate, 0)} <span className="oko-quiet">{t('range', { lo: format.share(town.sums.rate_lo, 0), hi: format.share(town.sums.rate_hi, 0) })}</span></>) },
        { title: t('lifted.column'), key: 'lifted', align: 'right', sorter: (a, b) => smaller(a.sums.lifted, b.sums.lifted), render: (_, town) => (town.sums.lifted === null ? <span className="oko-quiet">{t('no-data')}</span> : <>{format.number(town.sums.lifted, 0)} <span className="oko-quiet">{t('range', { lo: format.number(town.sums.lifted_lo, 0), hi: format.number(town.sums.lifted_hi, 0) })}</span></>) },
      ]}
    />
  );
}
