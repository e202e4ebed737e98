import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { stagesOf, type Stage } from './data';
import { StageBar } from './Stages';

type Row = Schemas['CampaignBoard']['units'][number];
const SHOWN: readonly Stage[] = ['untouched', 'filling', 'submitted', 'verified', 'accepted', 'returned', 'late'];

/** The board by municipality; a press on a name shows its forms below. */
export function ByMunicipality({ rows, chosen, onOpen }: { rows: Row[]; chosen: number | null; onOpen: (unit: number) => void }) {
  const { t } = useTranslation(['monitoring']);
  return (
    <section className="oko-group" aria-label={t('board.by-municipality')}>
      <h2>{t('board.by-municipality')}</h2>
      <DataTable<Row>
        name={t('board.by-municipality')} rowKey="unit" dataSource={rows}
        columns={[
          { title: t('column.municipality'), key: 'name', width: 150, render: (_, row) => <Button type="link" size="small" aria-pressed={chosen === row.unit} onClick={() => onOpen(row.unit)}>{row.name}</Button> },
          { title: t('column.total'), dataIndex: 'total', align: 'right', width: 70 },
          { title: t('column.progress'), key: 'bar', width: 110, render: (_, row) => <StageBar counts={stagesOf(row)} total={row.total} /> },
          ...SHOWN.map((stage) => ({ title: t(`stage.${stage}`), key: stage, align: 'right' as const, render: (_: unknown, row: Row) => stagesOf(row)[stage] || <span className="oko-quiet">0</span> })),
        ]}
      />
    </section>
  );
}
