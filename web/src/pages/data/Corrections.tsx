import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';

type Correction = Schemas['Correction'];

/** Cells that were put right before this reading of the file, with what had stood there. */
export function Corrections({ list }: { list: Correction[] }) {
  const { t } = useTranslation('data');
  const empty = <span className="oko-quiet">{t('fix.empty')}</span>;
  return (
    <section>
      <h2 className="oko-part">{t('fix.made')}</h2>
      <DataTable<Correction>
        name={t('fix.made')}
        rowKey={(one) => `${one.sheet}/${one.row}/${one.col}`}
        dataSource={list}
        columns={[
          ...(list.some((one) => one.sheet) ? [{ title: t('rows.sheet'), dataIndex: 'sheet' }] : []),
          { title: t('rows.row'), dataIndex: 'row', className: 'oko-number' },
          { title: t('rows.column'), dataIndex: 'column' },
          { title: t('fix.was'), dataIndex: 'was', render: (was: string) => was || empty },
          { title: t('fix.value'), dataIndex: 'value', render: (value: string) => (value ? <strong>{value}</strong> : empty) },
        ]}
      />
    </section>
  );
}
