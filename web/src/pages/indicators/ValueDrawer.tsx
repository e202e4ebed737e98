import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { useAim, useMeasured, type Level } from './data';
import { Dynamics } from './Dynamics';
import { Standing } from './Standing';
import { Trace } from './Trace';

export interface Picked { row: Schemas['IndicatorValueRow']; column: Schemas['IndicatorColumn']; level: Level }

function Made({ picked, id }: { picked: Picked; id: number }) {
  const { t } = useTranslation(['indicators']);
  const { column } = picked;
  const value = $api.useQuery('get', '/indicator-values/{id}', { params: { path: { id } } });
  const measured = useMeasured();
  const aim = useAim();
  const format = useFormat();
  return (
    <Loaded of={value}>
      {(data) => (
        <>
          <div className="oko-row">
            <span className="oko-big">{data.value === null ? data.why_text : measured(data.value, column.measure)}</span>
            <Standing standing={data.standing} text={data.standing_text ?? ''} />
          </div>
          <dl className="oko-facts">
            <dt>{t('column.aim')}</dt><dd>{aim(column, column.measure)}</dd>
            {(data.n ?? -1) >= 0 && <><dt>{t('values.pupils')}</dt><dd>{format.number(data.n)}</dd></>}
            <dt>{t('values.computed')}</dt><dd>{format.time(data.computed)}</dd>
          </dl>
          <section aria-label={t('values.how')}>
            <h3>{t('values.how')}</h3>
            <Trace lines={data.explanation ?? []} />
          </section>
        </>
      )}
    </Loaded>
  );
}

/** One value: the number, how it was made down to the counts, and how it went over the years. */
export function ValueDrawer({ picked, onClose }: { picked: Picked; onClose: () => void }) {
  const { t } = useTranslation(['indicators']);
  const keep = useKeep();
  const { row, column, level } = picked;
  const id = row.values[column.code]?.id;
  return (
    <Drawer open onClose={onClose} size="large" title={<>{column.title}<div className="oko-quiet">{row.unit_name}</div></>}>
      <div className="oko-stack">
        {id !== undefined && <Made picked={picked} id={id} />}
        <Dynamics code={column.code} title={column.title} unit={row.unit} unitName={row.unit_name} level={level} measure={column.measure} target={column.target} />
        <Link to={keep(`/indicators/${column.indicator}`)}>{t('values.definition')}</Link>
      </div>
    </Drawer>
  );
}
