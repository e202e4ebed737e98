import { Button, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { DataTable } from '../../parts/DataTable';
import { DraftNotice } from '../../parts/DraftNotice';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

type Tile = Schemas['MapTile'];

function Places({ tiles }: { tiles: Tile[] }) {
  const { t } = useTranslation('region');
  const columns = Math.max(0, ...tiles.map((tile) => tile.column)) + 1;
  return (
    <div role="img" tabIndex={0} aria-label={t('tiles.picture')} className="oko-tiles" style={{ gridTemplateColumns: `repeat(${columns}, minmax(56px, 1fr))` }}>
      {tiles.map((tile) => <div key={tile.unit} className="oko-tile" title={tile.name} style={{ gridColumn: tile.column + 1, gridRow: tile.row + 1 }}>{tile.name}</div>)}
    </div>
  );
}

/** Where the tile of each municipality stands, as numbers that a keyboard can change; the picture follows. */
export function TileEditor({ tiles }: { tiles: Tile[] }) {
  const { t } = useTranslation(['region', 'app']);
  const tell = useTellFailure();
  const [places, setPlaces, draft] = useDraft('tiles', tiles);
  // Told by the mutation itself: what is saved makes this editor anew.
  const put = $api.useMutation('put', '/map/tiles', { onSuccess: () => { draft.forget(); toast.success(t('tiles.saved')); }, onError: (error) => tell(error) });
  const move = (unit: number, part: Partial<Tile>) => setPlaces(places.map((tile) => (tile.unit === unit ? { ...tile, ...part } : tile)));
  const save = (body: Schemas['MapTilesBody']) => put.mutate({ body });
  return (
    <section className="oko-chart oko-stack" aria-labelledby="tiles">
      <h2 id="tiles">{t('tiles.title')}</h2>
      <p className="oko-chart-summary">{t('tiles.what')}</p>
      <DraftNotice draft={draft} />
      <Places tiles={places} />
      <DataTable<Tile> name={t('tiles.title')} size="small" rowKey="unit" dataSource={places} columns={[
        { title: t('town'), key: 'name', dataIndex: 'name' },
        { title: t('tiles.column'), key: 'column', render: (_, tile) => <InputNumber min={1} max={200} precision={0} aria-label={`${tile.name}: ${t('tiles.column')}`} value={tile.column + 1} onChange={(value) => value !== null && move(tile.unit, { column: value - 1 })} /> },
        { title: t('tiles.row'), key: 'row', render: (_, tile) => <InputNumber min={1} max={200} precision={0} aria-label={`${tile.name}: ${t('tiles.row')}`} value={tile.row + 1} onChange={(value) => value !== null && move(tile.unit, { row: value - 1 })} /> },
      ]} />
      <div className="oko-row">
        <Button type="primary" loading={put.isPending} onClick={() => save({ tiles: places.map(({ unit, column, row }) => ({ unit, column, row })) })}>{t('app:save')}</Button>
        <Button onClick={() => save({ tiles: [] })}>{t('tiles.by-code')}</Button>
      </div>
    </section>
  );
}
