import { Navigate, useLocation, useParams } from 'react-router';

import { Loaded } from '../../parts/Loaded';
import { useRecord, type Head } from '../../parts/records';

/** A record of a row leads to the row of its roadmap, as its unit sees it. */
export default function RowById() {
  const id = Number(useParams().id);
  const { search } = useLocation();
  const record = useRecord<Head<{ roadmap?: string; no?: number }>>('roadmap-row', id);
  return (
    <Loaded of={record}>
      {(row) => {
        const next = new URLSearchParams(search);
        next.set('no', String(row.body.no));
        next.set('unit', String(row.unit));
        return <Navigate to={`/roadmap/table/${row.body.roadmap}?${next.toString()}`} replace />;
      }}
    </Loaded>
  );
}
