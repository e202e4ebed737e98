import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { GROUPS, useAim, useMeasured } from './data';
import { Standing } from './Standing';
import type { OnPick } from './Units';

type Column = Schemas['IndicatorColumn'];

/** One unit: its indicators one under the other, with aim and standing in words. */
export function OneUnit({ row, columns, onPick }: { row: Schemas['IndicatorValueRow']; columns: Column[]; onPick: OnPick }) {
  const { t } = useTranslation(['indicators']);
  const aim = useAim();
  const measured = useMeasured();
  return (
    <>
      <h2 className="oko-h oko-gap">{row.unit_name}</h2>
      {GROUPS.filter((group) => columns.some((column) => column.group === group)).map((group) => (
        <section key={group} className="oko-group" aria-label={t(`group.${group}`)}>
          <h2>{t(`group.${group}`)}</h2>
          <DataTable<Column>
            name={t(`group.${group}`)} rowKey="code" tableLayout="fixed" dataSource={columns.filter((column) => column.group === group)}
            columns={[
              { title: t('column.title'), key: 'title', width: 240, render: (_, column) => column.title },
              { title: t('column.value'), key: 'value', align: 'right', width: 110, render: (_, column) => <b>{measured(row.values[column.code]?.value, column.measure)}</b> },
              { title: t('column.aim'), key: 'aim', width: 160, render: (_, column) => aim(column, column.measure) },
              {
                title: t('column.standing'), key: 'standing', width: 190, render: (_, column) => {
                  const cell = row.values[column.code];
                  if (!cell) return <span className="oko-quiet">{t('values.not-computed')}</span>;
                  return cell.value === null ? <span className="oko-quiet">{cell.why_text}</span> : <Standing standing={cell.standing} text={cell.standing_text} />;
                },
              },
              {
                title: '', key: 'how', width: 140, render: (_, column) => row.values[column.code] && (
                  <Button size="small" onClick={() => onPick(row, column)} aria-label={t('values.how-of', { title: column.title })}>{t('values.how')}</Button>
                ),
              },
            ]}
          />
        </section>
      ))}
    </>
  );
}
