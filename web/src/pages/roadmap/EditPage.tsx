import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { KeptForm } from '../../parts/KeptForm';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { RecordActions } from '../../parts/RecordActions';
import { useChange, useRecord, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { toast } from '../../parts/toast';
import '../../styles/roadmap.css';
import { RowForm, type PlannedRow } from './RowForm';
import { isPlanned } from './table';

interface Body extends Record<string, unknown> { code?: string; first_year?: number; last_year?: number; rows?: PlannedRow[] }

function Rows({ record }: { record: Head<Body> }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const [open, setOpen] = useState<PlannedRow | null>(null);
  const change = useChange('roadmap', record.id);
  const tell = useTellFailure();
  const format = useFormat();
  const rows = record.body.rows ?? [];
  const put = (next: PlannedRow[]) => change.mutateAsync({ change: { body: { rows: next } }, version: record.version }).then(() => toast.success(t('roadmap:edit.saved')));
  const save = (row: PlannedRow) => put([...rows.filter((one) => one.no !== open?.no), row].sort((a, b) => a.year - b.year || a.no - b.no));
  const planned = (level: 'region' | 'municipality' | 'school') => ({ title: t(`roadmap:level.${level}`), key: level, render: (_: unknown, row: PlannedRow) => (isPlanned(row[level]) ? row[level] : <span className="oko-quiet">{t('roadmap:nothing')}</span>) });
  const fresh: PlannedRow = { no: Math.max(0, ...rows.map((one) => one.no)) + 1, year: record.body.last_year ?? record.body.first_year ?? new Date().getFullYear(), step: 'other' };
  return (
    <>
      <DataTable<PlannedRow> name={t('roadmap:edit.rows')} rowKey="no" className="oko-top" dataSource={rows} locale={{ emptyText: <EmptyState why={t('roadmap:edit.no-rows')} /> }}
        columns={[
          { title: t('roadmap:no'), dataIndex: 'no', className: 'oko-number' },
          { title: t('roadmap:edit.year'), dataIndex: 'year', className: 'oko-number' },
          { title: t('roadmap:edit.step'), key: 'step', width: 130, render: (_, row) => t(`roadmap:step.${row.step}`) },
          { title: t('roadmap:edit.due'), key: 'due', width: 120, render: (_, row) => (row.due ? format.date(row.due) : '') },
          planned('region'),
          planned('municipality'),
          planned('school'),
          ...(record.editable ? [{ title: <span className="oko-sr">{t('app:edit')}</span>, key: 'edit', render: (_: unknown, row: PlannedRow) => (
            <span style={{ whiteSpace: 'nowrap' }}>
              <Button type="text" icon={<EditOutlined />} aria-label={t('roadmap:edit.row', { no: row.no })} onClick={() => setOpen(row)} />
              <Popconfirm title={t('roadmap:edit.remove-sure', { no: row.no })} okText={t('app:remove')} cancelText={t('app:cancel')} onConfirm={() => void put(rows.filter((one) => one.no !== row.no)).catch(tell)}>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('roadmap:edit.remove', { no: row.no })} />
              </Popconfirm>
            </span>
          ) }] : []),
        ]} />
      {record.editable && <Button icon={<PlusOutlined />} style={{ marginTop: 12 }} onClick={() => setOpen(fresh)}>{t('roadmap:edit.add')}</Button>}
      {open && <RowForm row={open} roadmap={record.id} base={record.version} onSave={save} onClose={() => setOpen(null)} />}
    </>
  );
}

function Title({ record }: { record: Head<Body> }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const change = useChange('roadmap', record.id);
  const save = ({ title }: { title: string }) => change.mutateAsync({ change: { title }, version: record.version }).then(() => toast.success(t('roadmap:edit.saved')));
  return (
    <KeptForm<{ title: string }> layout="inline" place={`roadmap.${record.id}.title`} base={record.version} start={{ title: record.title }} onSave={save} className="oko-gap" style={{ rowGap: 8 }}>
      <Form.Item name="title" label={t('roadmap:edit.title')} rules={[{ required: true, message: t('app:needed') }]} style={{ flex: '1 1 320px' }}><Input maxLength={1000} /></Form.Item>
      <Button htmlType="submit" loading={change.isPending}>{t('app:save')}</Button>
    </KeptForm>
  );
}

/** A roadmap itself: its rows, years and texts; drafted, put into force, later archived. */
export default function EditPage() {
  const { t } = useTranslation(['roadmap', 'records', 'app']);
  const keep = useKeep();
  const record = useRecord<Head<Body>>('roadmap', Number(useParams().id));
  return (
    <Loaded of={record}>
      {(data) => (
        <>
          <PageHead title={data.title ?? ''} what={t('roadmap:edit.what', { first: data.body.first_year, last: data.body.last_year })} crumbs={[{ title: t('roadmap:page.table'), to: keep('/roadmap', { code: data.key ?? null }) }, { title: t('roadmap:page.edit') }]}>
            <RecordActions kind="roadmap" record={data} />
            <HistoryDrawer kind="roadmap" id={data.id} />
          </PageHead>
          <p className="oko-row"><StateTag kind="roadmap" state={data.state} />{data.state === 'draft' && <span className="oko-quiet">{t('roadmap:edit.draft')}</span>}</p>
          {data.editable && <Title key={data.version} record={data} />}
          <Rows record={data} />
        </>
      )}
    </Loaded>
  );
}
