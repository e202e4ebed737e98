import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';

type Line = Schemas['UnitHistory']['items'][number];
interface Detail { changes?: Record<string, [unknown, unknown]>; alias?: string }
const NAMES: Record<string, string> = { valid_from: 'valid-from', valid_to: 'valid-to', confirmed: 'confirm' };

function What({ line }: { line: Line }) {
  const { t } = useTranslation('admin');
  const detail = line.detail as Detail;
  const said = (value: unknown) => (value === null || value === '' ? t('unit.nothing') : String(value));
  return (
    <>
      <div>{t(`unit.done.${line.action.slice(6)}`, { alias: detail.alias ?? '', defaultValue: line.action })}</div>
      {Object.entries(detail.changes ?? {}).map(([name, [was, now]]) => <div key={name}>{t('unit.changed', { what: t(`units.${NAMES[name] ?? name}`), was: said(was), now: said(now) })}</div>)}
    </>
  );
}

export function UnitHistory({ unit }: { unit: number }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const history = $api.useQuery('get', '/units/{id}/history', { params: { path: { id: unit } } });
  return (
    <section className="oko-section">
      <h2>{t('unit.history')}</h2>
      <Loaded of={history} rows={2}>
        {(data) => (data.total === 0 ? <p className="oko-quiet">{t('unit.history-none')}</p> : (
          <Timeline items={data.items.map((line) => ({
            content: <div key={line.id}><What line={line} /><div className="oko-quiet">{format.time(line.at)} · {line.login || t('audit.owner')}</div></div>,
          }))} />
        ))}
      </Loaded>
    </section>
  );
}
