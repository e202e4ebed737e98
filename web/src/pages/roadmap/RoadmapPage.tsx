import { DownloadOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Dropdown, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import { href } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';
import '../../styles/roadmap.css';
import { CopyButton } from './CopyButton';
import { NoRoadmap } from './NoRoadmap';
import { PackButton } from './PackButton';
import { RoadmapTable } from './RoadmapTable';
import { isOver, useRoadmaps, useTable, type Row, type Table } from './table';

type Shown = 'all' | 'todo' | 'late';
const fits = (row: Row, shown: Shown) => shown === 'all' || (row.planned && !isOver(row) && (shown === 'todo' || row.overdue));

function Documents({ table }: { table: Table }) {
  const { t } = useTranslation('roadmap');
  const path = `/roadmap-tables/${table.code}/document`;
  const items = (['docx', 'xlsx', 'html'] as const).flatMap((format) => [false, true].map((state) => ({
    key: `${format}-${state}`,
    label: <a href={href(path, { unit: table.unit.id, format, state: String(state) })} download>{t(state ? 'document.with-state' : 'document.plain', { format: t(`format.${format}`) })}</a>,
  })));
  return <Dropdown trigger={['click']} menu={{ items }}><Button icon={<DownloadOutlined />} aria-haspopup="menu">{t('document.name')}</Button></Dropdown>;
}

function Summary({ table, shown, onShow }: { table: Table; shown: Shown; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('roadmap');
  const planned = table.rows.filter((row) => row.planned);
  const count = (which: Shown) => table.rows.filter((row) => fits(row, which)).length;
  const done = planned.filter((row) => row.state === 'done').length;
  return (
    <div className="oko-rm-sum">
      <span>{t('done-of', { done, count: planned.length, unit: table.unit.name })}</span>
      <Segmented<Shown> className="oko-no-print" value={shown} onChange={onShow} aria-label={t('show.name')}
        options={(['all', 'todo', 'late'] as const).map((value) => ({ value, label: `${t(`show.${value}`)} · ${value === 'all' ? table.rows.length : count(value)}` }))} />
    </div>
  );
}

export default function RoadmapPage() {
  const { t } = useTranslation(['roadmap', 'records', 'app']);
  const [search, setSearch] = useSearchParams();
  const keep = useKeep();
  const navigate = useNavigate();
  const operator = useRole('operator');
  const { unit } = useContextBar();
  const { asked, all } = useRoadmaps();
  const chosen = all.find((one) => one.key === search.get('code')) ?? all[0];
  const table = useTable(chosen?.key, unit);
  const shown = (search.get('show') ?? 'all') as Shown;
  const set = (key: string, value: string) => setSearch((old) => { const next = new URLSearchParams(old); next.set(key, value); return next; });
  return (
    <>
      <PageHead title={chosen?.title ?? t('roadmap:page.table')} what={chosen && t('roadmap:what')}>
        {all.length > 1 && (
          <Select value={chosen?.key} aria-label={t('roadmap:choose')} popupMatchSelectWidth={false} onChange={(code: string) => set('code', code)}
            options={all.map((one) => ({ value: one.key ?? '', label: t('roadmap:years', { first: one.body.first_year, last: one.body.last_year, state: t(`records:roadmap.state.${one.state}`) }) }))} />
        )}
        {table.data && <Documents table={table.data} />}
        {table.data && chosen && <PackButton code={chosen.key ?? ''} unit={table.data.unit} />}
        {operator && chosen && <CopyButton from={chosen} />}
        {operator && chosen && <Button icon={<EditOutlined />} onClick={() => void navigate(keep(`/roadmap/${chosen.id}`))}>{t('roadmap:edit.open')}</Button>}
      </PageHead>
      {asked.data && all.length === 0 ? <NoRoadmap /> : (
        <Loaded<unknown> of={chosen ? table : asked} rows={10}>
          {() => table.data && chosen && (
            <>
              {chosen.state !== 'active' && <p><StateTag kind="roadmap" state={chosen.state} /> {t(`roadmap:not-active.${chosen.state}`)}</p>}
              <Summary table={table.data} shown={shown} onShow={(value) => set('show', value)} />
              <RoadmapTable table={table.data} rows={table.data.rows.filter((row) => fits(row, shown))} />
            </>
          )}
        </Loaded>
      )}
    </>
  );
}
