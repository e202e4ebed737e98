import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useFormat } from '../../parts/format';
import Panel from '../../parts/how/Panel';
import { useAim, useMeasured, type Level } from './data';
import { Dynamics } from './Dynamics';
import { Standing } from './Standing';
import '../../styles/how.css';

export interface Picked { row: Schemas['IndicatorValueRow']; column: Schemas['IndicatorColumn']; level: Level }

function Number({ cell, column }: { cell: Schemas['IndicatorCell']; column: Schemas['IndicatorColumn'] }) {
  const { t } = useTranslation(['indicators']);
  const measured = useMeasured();
  const aim = useAim();
  const format = useFormat();
  return (
    <>
      <div className="oko-row">
        <span className="oko-big">{cell.value === null ? cell.why_text : measured(cell.value, column.measure)}</span>
        <Standing standing={cell.standing} text={cell.standing_text} />
      </div>
      <dl className="oko-facts">
        <dt>{t('column.aim')}</dt><dd>{aim(column, column.measure)}</dd>
        {cell.n !== null && <><dt>{t('values.pupils')}</dt><dd>{format.number(cell.n)}</dd></>}
      </dl>
    </>
  );
}

/** One value: the number, how it went over the years, how it was made down to the counts. */
export function ValueDrawer({ picked, onClose }: { picked: Picked; onClose: () => void }) {
  const { t } = useTranslation(['indicators', 'how']);
  const keep = useKeep();
  const { row, column, level } = picked;
  const cell = row.values[column.code];
  return (
    <Drawer open onClose={onClose} size="large" title={<>{column.title}<div className="oko-quiet">{row.unit_name}</div></>}>
      <div className="oko-stack">
        {cell && <Number cell={cell} column={column} />}
        <Dynamics code={column.code} title={column.title} unit={row.unit} unitName={row.unit_name} level={level} measure={column.measure} target={column.target} />
        {cell && <section aria-label={t('values.how')}><Panel source={{ kind: 'value', id: cell.id }} /></section>}
        <Link to={keep(`/indicators/${column.indicator}`)}>{t('values.definition')}</Link>
      </div>
    </Drawer>
  );
}
