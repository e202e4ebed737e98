import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';

import { $api } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { late } from '../../app/late';
import { useMe } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { useOverview } from './overview';

const Region = late(() => import('./Region'));

type Level = 'municipality' | 'school';

function Elsewhere({ level, unit }: { level: Level; unit: number }) {
  const keep = useKeep();
  return <Navigate replace to={keep(`/analysis/${level === 'municipality' ? 'municipalities' : 'schools'}/${unit}`)} />;
}

/** What it is must be asked for; what a region shows comes at the same time, for it is one nearly always. */
function Asked({ unit }: { unit: number }) {
  const asked = $api.useQuery('get', '/units/{id}', { params: { path: { id: unit } } });
  useOverview(unit);
  return (
    <Loaded of={asked} rows={8}>
      {(found) => {
        if (found.level === 'municipality' || found.level === 'school') return <Elsewhere level={found.level} unit={found.id} />;
        if (found.level === 'class') return <Elsewhere level="school" unit={found.parent ?? found.id} />;
        return <Region unit={found.id} />;
      }}
    </Loaded>
  );
}

function Whole() {
  const { t } = useTranslation('region');
  const regions = $api.useQuery('get', '/units', { params: { query: { level: 'region', limit: 1 } } });
  return (
    <Loaded of={regions}>
      {(found) => (found.items.length > 0 ? <Region unit={found.items[0].id} /> : <Alert type="info" showIcon title={t('empty.no-region')} />)}
    </Loaded>
  );
}

/** Who is where: a region has its overview; a municipality and a school have pages of their own. */
export default function Place() {
  const me = useMe();
  const { unit } = useContextBar();
  const own = unit !== null && unit === me.unit;
  if (own && me.role === 'school') return <Elsewhere level="school" unit={unit} />;
  if (own && me.role === 'municipal') return <Elsewhere level="municipality" unit={unit} />;
  Region.prepare().catch(() => undefined); // told where it is drawn
  return unit === null ? <Whole /> : <Asked unit={unit} />;
}
