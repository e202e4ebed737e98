import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { DataTable } from '../DataTable';
import { useFormat } from '../format';

type Profile = Schemas['ItemProfile'];

/** Shares by variant: the group, and the region in brackets. */
export function Variants({ data }: { data: Profile }) {
  const { t } = useTranslation('items');
  const format = useFormat();
  const rows = data.items.map((item, at) => ({ item, at }));
  return (
    <section aria-labelledby="oko-variants">
      <h3 id="oko-variants">{t('variants')}</h3>
      <p className="oko-quiet">{t('variants-what')}</p>
      <DataTable
        name={t('variants')}
        rowKey="at"
        size="small"
        dataSource={rows}
        columns={[
          { title: t('item'), key: 'item', render: (_, row) => row.item.label },
          ...data.variants.map((variant) => ({
            title: t('variant', { variant: variant.variant, count: variant.n }), key: variant.variant, align: 'right' as const,
            render: (_: unknown, row: { at: number }) => <>{format.number(variant.percent[row.at], 1)} <span className="oko-quiet">({format.number(variant.region[row.at], 1)})</span></>,
          })),
        ]}
      />
    </section>
  );
}
