import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Popconfirm, Upload } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import '../../styles/chart.css';
import '../../styles/region.css';
import { TileEditor } from './TileEditor';

type RegionMap = Schemas['RegionMap'];

function Report({ map }: { map: RegionMap }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  if (!map.shapes) return <Alert type="info" showIcon title={t('map-settings.none')} />;
  const all = map.tiles.length;
  const missing = map.unmatched_units;
  return (
    <div className="oko-stack">
      <Alert type={missing.length === 0 && map.unmatched_shapes.length === 0 ? 'success' : 'warning'} showIcon
        title={t('map-settings.matched', { count: all - missing.length, all })}
        description={t('map-settings.by', { property: map.property ?? '—', when: format.time(map.updated) })} />
      {missing.length > 0 && <div><h3>{t('map-settings.no-shape')}</h3><ul>{missing.map((one) => <li key={one.unit}>{one.name} ({one.code})</li>)}</ul></div>}
      {map.unmatched_shapes.length > 0 && <div><h3>{t('map-settings.no-unit')}</h3><ul>{map.unmatched_shapes.map((name, i) => <li key={i}>{name || t('map-settings.no-name')}</li>)}</ul></div>}
      {(missing.length > 0 || map.unmatched_shapes.length > 0) && <p className="oko-quiet">{t('map-settings.mend')}</p>}
    </div>
  );
}

function Shapes({ map }: { map: RegionMap }) {
  const { t } = useTranslation('region');
  const tell = useTellFailure();
  const failed = { onError: (error: unknown) => tell(error) };
  const put = $api.useMutation('put', '/map', { ...failed, onSuccess: () => toast.success(t('map-settings.taken')) });
  const remove = $api.useMutation('delete', '/map', { ...failed, onSuccess: () => toast.success(t('map-settings.removed')) });
  const take = async (file: File) => {
    let body: Schemas['MapBody'];
    try {
      body = JSON.parse(await file.text()) as Schemas['MapBody'];
    } catch {
      toast.error(t('map-settings.not-json', { name: file.name }));
      return;
    }
    put.mutate({ body });
  };
  return (
    <section className="oko-chart oko-stack" aria-labelledby="shapes">
      <h2 id="shapes">{t('map-settings.shapes')}</h2>
      <p className="oko-chart-summary">{t('map-settings.shapes-what')}</p>
      <Report map={map} />
      <div className="oko-row">
        <Upload accept=".geojson,.json,application/geo+json,application/json" showUploadList={false} beforeUpload={(file) => { void take(file); return false; }}>
          <Button type="primary" icon={<UploadOutlined />} loading={put.isPending}>{t('map-settings.choose')}</Button>
        </Upload>
        {map.shapes && (
          <Popconfirm title={t('map-settings.remove-sure')} onConfirm={() => remove.mutate({})}>
            <Button danger loading={remove.isPending}>{t('map-settings.remove')}</Button>
          </Popconfirm>
        )}
      </div>
    </section>
  );
}

/** The picture of the region: shapes from a file, or the places of the tiles. */
export default function MapSettings() {
  const { t } = useTranslation('region');
  const asked = $api.useQuery('get', '/map');
  return (
    <>
      <PageHead title={t('page.map')} what={t('map-settings.what')} crumbs={[{ title: t('page.region'), to: '/analysis' }]} />
      <Loaded of={asked}>
        {(map) => (
          <div className="oko-stack">
            <Shapes map={map} />
            <TileEditor key={JSON.stringify(map.tiles)} tiles={map.tiles} />
          </div>
        )}
      </Loaded>
    </>
  );
}
