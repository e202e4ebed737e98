import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';

import { useContextBar, useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { Due } from '../../parts/Due';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';
import '../../styles/roadmap.css';
import { Counted } from './Counted';
import { PackButton } from './PackButton';
import { RowWork } from './RowWork';
import { isOver, useTable, type Level, type Row, type Table } from './table';
import { UnitsBelow } from './UnitsBelow';

function Shown({ table, row }: { table: Table; row: Row }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const keep = useKeep();
  const me = useMe();
  const level = table.unit.level as Level;
  const below = Object.keys(row.below) as Level[];
  // The operator of a region that is the whole register has no unit of their own, and works for the region.
  const own = me.unit === null ? level === 'region' : me.unit === table.unit.id;
  return (
    <>
      <PageHead title={t('roadmap:row', { no: row.no, year: row.year })} what={row.planned ? row.texts[level] : undefined}
        crumbs={[{ title: table.title, to: keep('/roadmap', { code: table.code }) }, { title: table.unit.name }]}>
        {(row.planned || below.length > 0) && <PackButton code={table.code} unit={table.unit} no={row.no} />}
      </PageHead>
      {row.planned ? (
        <>
          <p className="oko-row"><StateTag kind="roadmap-row" state={row.state} />{!isOver(row) && <Due due={row.due} overdue={row.overdue} />}</p>
          <div className="oko-two">
            <RowWork key={`${table.unit.id}-${row.id}`} table={table} row={row} own={own} />
            <Counted row={row} />
          </div>
        </>
      ) : <EmptyState why={t('roadmap:not-planned', { level: t(`app:level.${level}`) })} />}
      {below.length > 0 && <UnitsBelow code={table.code} row={row} unit={table.unit.id} levels={below} />}
    </>
  );
}

/** One row of the roadmap as a unit sees it: what is planned, what was done, with which evidence, and the units below. */
export default function RowPage() {
  const { t } = useTranslation('roadmap');
  const { code = '' } = useParams();
  const [search] = useSearchParams();
  const no = search.get('no');
  const { unit } = useContextBar();
  const table = useTable(code, unit);
  return (
    <Loaded of={table} rows={8}>
      {(data) => {
        const row = no === null ? data.rows[0] : data.rows.find((one) => one.no === Number(no));
        return row ? <Shown table={data} row={row} /> : <EmptyState why={t('no-row', { no })} />;
      }}
    </Loaded>
  );
}
