import { DownloadOutlined, EyeInvisibleOutlined } from '@ant-design/icons';
import { Alert, Button, Select, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, href, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { DataTable, PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { HowMade } from '../../parts/HowMade';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { LEVELS, useIndicatorYear, useMeasured, useTitle, type Level } from './data';
import { Standing } from './Standing';
import '../../styles/indicators.css';

type Row = Schemas['PublishedValue'];
const FORMATS = ['xlsx', 'csv', 'json'] as const;

function Rows({ data, paging }: { data: Schemas['PublishedValueList']; paging: { page: number; turn: (page: number) => void } }) {
  const { t } = useTranslation(['indicators']);
  const measured = useMeasured();
  return (
    <DataTable<Row>
      name={t('page.published')} dataSource={data.items} total={data.total} paging={paging}
      columns={[
        { title: t('column.title'), key: 'title', width: 300, render: (_, row) => row.title },
        { title: t('column.unit'), key: 'unit', width: 260, render: (_, row) => <>{row.unit_name} <span className="oko-quiet">{row.level_text}</span></> },
        { title: t('column.year'), dataIndex: 'year', width: 80 },
        { title: t('column.value'), key: 'value', align: 'right', width: 150, render: (_, row) => (row.suppressed ? <Tag icon={<EyeInvisibleOutlined />}>{t('published.hidden')}</Tag> : <><b>{measured(row.value, row.measure)}</b><HowMade small source={{ kind: 'value', id: row.id, published: true }} of={`${row.title}, ${row.unit_name}`} /></>) },
        { title: t('column.n'), key: 'n', align: 'right', width: 110, render: (_, row) => row.n ?? '—' },
        { title: t('column.standing'), key: 'standing', width: 210, render: (_, row) => (row.why_text ? <span className="oko-quiet">{row.why_text}</span> : <Standing standing={row.standing as Schemas['Standing']} text={row.standing_text ?? ''} />) },
      ]}
    />
  );
}

/** Values as others may see them: small groups and what would give them away are hidden; the same rows as files. */
export default function Published() {
  const { t } = useTranslation(['indicators', 'app']);
  const { year, pending } = useIndicatorYear();
  const { campaign } = useContextBar();
  const title = useTitle();
  const paging = usePaging();
  const [code, setCode] = useState<string | undefined>();
  const [level, setLevel] = useState<Level | undefined>();
  const query = { year, ...(campaign === null ? {} : { campaign }), ...(code ? { code } : {}) };
  const list = $api.useQuery('get', '/published-values', { params: { query: { ...query, ...(level ? { level } : {}), limit: PAGE_SIZE, offset: paging.offset } } }, { enabled: !pending });
  const indicators = $api.useQuery('get', '/indicators', { params: { query: { year, limit: 500 } } }, { enabled: year !== undefined });
  return (
    <>
      <PageHead title={year === undefined ? t('page.published') : t('published.title', { year })} what={t('published.what')}>
        {FORMATS.map((format) => <Button key={format} icon={<DownloadOutlined />} href={href('/published-values/file', { ...query, format })} download>{format.toUpperCase()}</Button>)}
      </PageHead>
      <Alert type="info" showIcon className="oko-gap" title={t('published.rule')} />
      <Space wrap className="oko-gap oko-no-print">
        <Select aria-label={t('column.title')} allowClear placeholder={t('published.all')} value={code} popupMatchSelectWidth={false} className="oko-procedure" showSearch={{ optionFilterProp: 'label' }}
          onChange={(value: string | undefined) => { setCode(value); paging.turn(1); }} options={(indicators.data?.items ?? []).map((one) => ({ value: one.body.code ?? '', label: title(one) }))} />
        <Select aria-label={t('values.level')} allowClear placeholder={t('published.all-levels')} value={level} style={{ width: 200 }} onChange={(value: Level | undefined) => { setLevel(value); paging.turn(1); }}
          options={LEVELS.map((value) => ({ value, label: t(`values.levels.${value}`) }))} />
      </Space>
      <Loaded of={list}>{(data) => (data.total === 0 ? <EmptyState why={t('published.empty')} /> : <Rows data={data} paging={paging} />)}</Loaded>
    </>
  );
}
