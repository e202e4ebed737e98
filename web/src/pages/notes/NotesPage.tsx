import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useMe, useRole } from '../../app/session';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { FormDialog } from '../../parts/FormDialog';
import { LevelFilter, useRecordLevel } from '../../parts/LevelFilter';
import { PageHead } from '../../parts/PageHead';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { useCreate } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';

type Note = Schemas['Note'];

function NewNote({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['notes', 'app']);
  const me = useMe();
  const create = useCreate('note');
  const navigate = useNavigate();
  const { year } = useContextBar();
  const save = async ({ title }: { title: string }) => {
    const made = await create.mutateAsync({ draft: { title, ...(me.unit === null ? {} : { unit: me.unit }), ...(year === null ? {} : { year }), body: {} } });
    await navigate(`/notes/${made.id}`);
  };
  const title = t(me.role === 'school' ? 'notes:title-school' : 'notes:title-other', { year: year ?? new Date().getFullYear() });
  return (
    <FormDialog<{ title: string }> place="note.new" start={{ title }} title={t('notes:new')} ok={t('app:create')} lead={<p>{t('notes:new-what')}</p>} onSave={save} onClose={onClose}>
      <Form.Item name="title" label={t('notes:title')} rules={[{ required: true, message: t('app:needed') }]}><Input maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}

/** Analytical notes and self-analyses of the unit and those below it. */
export default function NotesPage() {
  const { t } = useTranslation(['notes', 'app']);
  const writes = useRole('operator', 'municipal', 'school');
  const keep = useKeep();
  const format = useFormat();
  const { unit, year } = useContextBar();
  const paging = usePaging();
  const levels = useRecordLevel();
  const [open, setOpen] = useState(false);
  const asked = $api.useQuery('get', '/notes', { params: { query: { limit: paging.limit, offset: paging.offset, sort: '-updated', ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }), ...(levels.level ? { level: levels.level } : {}) } } }, { placeholderData: (old) => old });
  return (
    <>
      <PageHead title={t('notes:page.list')} what={t('notes:what')}>
        {writes && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('notes:new')}</Button>}
      </PageHead>
      {levels.offered && <div className="oko-row oko-gap"><LevelFilter of={levels} /></div>}
      <ProblemAlert error={asked.error} onRetry={() => void asked.refetch()} />
      <DataTable<Note> name={t('notes:page.list')} loading={asked.isFetching && !asked.data} dataSource={asked.data?.items ?? []} total={asked.data?.total} paging={paging}
        locale={{ emptyText: <EmptyState why={t(levels.level ? 'app:levels.none' : year === null ? 'notes:none' : 'notes:none-year')} /> }}
        columns={[
          { title: t('notes:title'), key: 'title', width: 400, render: (_, one) => <Link to={keep(`/notes/${one.id}`)}>{one.title || t('notes:untitled')}</Link> },
          { title: t('notes:unit'), dataIndex: 'unit_name' },
          { title: t('notes:year'), dataIndex: 'year', className: 'oko-number' },
          { title: t('notes:state'), key: 'state', render: (_, one) => <StateTag kind="note" state={one.state} /> },
          { title: t('notes:changed'), key: 'updated', className: 'oko-number', render: (_, one) => format.time(one.updated) },
        ]} />
      {open && <NewNote onClose={() => setOpen(false)} />}
    </>
  );
}
