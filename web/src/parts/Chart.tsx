import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Segmented } from 'antd';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { late } from '../app/late';
import { useLook, type Look } from './chart/look';
import type { ChartMap, ChartOption, Engine, Twin } from './chart/types';
import { useTellFailure } from './ProblemAlert';
import '../styles/chart.css';

export type { Cell, ChartMap, ChartOption, Column, Twin } from './chart/types';
export type { Look } from './chart/look';

const Picture = late(() => import('./chart/Picture'));
const TwinTable = late(() => import('./chart/TwinTable'));
Picture.prepare().catch(() => undefined); // beside the data of whichever page has a chart; a failure is told where it is drawn

interface Props {
  title: string;
  /** What the picture shows, in one sentence: read before it, and by those who do not see it. */
  summary: string;
  /** Makes the ECharts option of the data; keep it stable (useCallback, or a function outside the component). */
  option: (look: Look) => ChartOption;
  table: Twin;
  height?: number;
  map?: ChartMap;
  /** A part of the picture was clicked. The same way must be open from the keyboard too: links in the table or beside. */
  onPick?: (name: string, index: number) => void;
  /** Beside the buttons: how the numbers came about. */
  children?: ReactNode;
  /** h2 without it. */
  level?: 2 | 3;
}

function Downloads({ title, engine, table, ground }: { title: string; engine: Engine | null; table: Twin; ground: string }) {
  const { t } = useTranslation('chart');
  const tell = useTellFailure();
  const [busy, setBusy] = useState(false);
  const get = async (kind: string) => {
    setBusy(true);
    try {
      const files = await import('./chart/files');
      if (kind === 'xlsx') await files.keepWorkbook(title, table);
      else if (engine && kind === 'png') await files.keepPng(title, engine, ground);
      else if (engine) files.keepSvg(title, engine, ground);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const items = (engine ? ['svg', 'png', 'xlsx'] : ['xlsx']).map((key) => ({ key, label: t(`download.${key}`) }));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void get(key) }}>
      <Button size="small" className="oko-chart-get" icon={<DownloadOutlined />} loading={busy} aria-haspopup="menu" aria-label={t('download.of', { title })}>{t('download.name')}</Button>
    </Dropdown>
  );
}

/** A chart: its name, one sentence, the picture or its table, and both as files. */
export function Chart({ title, summary, option, table, height = 320, map, onPick, children, level = 2 }: Props) {
  const { t } = useTranslation('chart');
  const look = useLook();
  const id = useId();
  const [shown, setShown] = useState<'picture' | 'table'>('picture');
  const [engine, setEngine] = useState<Engine | null>(null);
  const made = useMemo(() => option(look), [option, look]);
  const Head = `h${level}` as const;
  const waiting = <div role="status" aria-label={t('app:loading')} className="oko-picture" style={{ height }} />;
  return (
    <section className="oko-chart" aria-labelledby={id}>
      <div className="oko-chart-head">
        <Head id={id}>{title}</Head>
        <div className="oko-row oko-no-print">
          {children}
          <Segmented size="small" value={shown} onChange={(value) => setShown(value as 'picture' | 'table')} aria-label={t('shown', { title })}
            options={[{ value: 'picture', label: t('picture') }, { value: 'table', label: t('table') }]} />
          <Downloads title={title} engine={shown === 'picture' ? engine : null} table={table} ground={look.ground} />
        </div>
      </div>
      <p className="oko-chart-summary">{summary}</p>
      {shown === 'picture'
        ? <Picture waiting={waiting} option={made} look={look} height={height} label={`${title}. ${summary}`} map={map} onEngine={setEngine} onPick={onPick} />
        : <TwinTable waiting={waiting} name={title} twin={table} />}
    </section>
  );
}
