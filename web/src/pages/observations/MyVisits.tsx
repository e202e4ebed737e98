import { Button, Card } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useProcedureTitle } from '../../parts/lists';
import { StateTag } from '../../parts/StateTag';
import { Conflict, type Visit } from './Visits';

function One({ visit }: { visit: Visit }) {
  const { t } = useTranslation('observations');
  const format = useFormat();
  const procedure = useProcedureTitle();
  const open = visit.state === 'scheduled';
  return (
    <Card size="small" title={<h3 className="oko-h2">{visit.name || visit.code}</h3>} extra={<StateTag kind="observation" state={visit.state} />}>
      <p>{format.date(visit.date)}{visit.begin && `, ${visit.begin}–${visit.end}`}</p>
      <p className="oko-quiet">{[procedure(visit.procedure), visit.stage && t(`stage.${visit.stage}`)].filter(Boolean).join(' · ')}</p>
      <Conflict visit={visit} />
      <Link to={`/observations/${visit.observation}`}><Button block type={open ? 'primary' : 'default'} size="large">{t(open ? 'mine.fill' : 'mine.open')}</Button></Link>
    </Card>
  );
}

/** Visits of an observer: those that wait for a protocol first. */
export function MyVisits({ visits }: { visits: Visit[] }) {
  const { t } = useTranslation('observations');
  const today = dayjs().format('YYYY-MM-DD');
  const open = visits.filter((one) => one.state === 'scheduled');
  const done = visits.filter((one) => one.state !== 'scheduled').toReversed().slice(0, 50);
  if (visits.length === 0) return <EmptyState why={t('mine.none')} />;
  return (
    <div className="oko-stack">
      <h2 className="oko-h2">{t('mine.waiting', { count: open.length })}</h2>
      {open.length === 0 && <p className="oko-quiet">{t('mine.none-waiting')}</p>}
      <div className="oko-cards">{open.sort((a, b) => Math.abs(dayjs(a.date).diff(today)) - Math.abs(dayjs(b.date).diff(today))).map((one) => <One key={one.observation} visit={one} />)}</div>
      {done.length > 0 && <h2 className="oko-h2">{t('mine.done')}</h2>}
      <div className="oko-cards">{done.map((one) => <One key={one.observation} visit={one} />)}</div>
    </div>
  );
}
