import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useMe, useRole } from '../../app/session';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { PageHead } from '../../parts/PageHead';
import { ProblemAlert, useTellFailure } from '../../parts/ProblemAlert';
import { useCreate } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';

type Note = Schemas['Note'];

function NewNote({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['notes', 'app']);
  const me = useMe();
  const [form] = Form.useForm<{ title: string }>();
  const create = useCreate('note');
  const tell = useTellFailure();
  const navigate = useNavigate();
  const { year } = useContextBar();
  const save = ({ title }: { title: string }) => create.mutate({ draft: { title, ...(me.unit === null ? {} : { unit: me.unit }), ...(year === null ? {} : { year }), body: {} } }, {
    onSuccess: (made) => void navigate(`/notes/${made.id}`),
    onError: (error) => tell(error, form),
  });
  return (
    <Modal open title={t('notes:new')} okText={t('app:create')} cancelText={t('app:cancel')} onCancel={onClose} onOk={() => form.submit()} confirmLoading={create.isPending} destroyOnHidden>
      <p>{t('notes:new-what')}</p>
      <Form form={form} layout="vertical" onFinish={save} initialValues={{ title: t(me.role === 'school' ? 'notes:title-school' : 'notes:title-other', { year: year ?? new Date().getFullYear() }) }}>
        <Form.Item name="title" label={t('notes:title')} rules={[{ required: true, message: t('app:needed') }]}><Input maxLength={1000} /></Form.Item>
      </Form>
    </Modal>
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
  const [open, setOpen] = useState(false);
  const asked = $api.useQuery('get', '/notes', { params: { query: { limit: paging.limit, offset: paging.offset, sort: '-updated', ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }) } } }, { placeholderData: (old) => old });
  return (
    <>
      <PageHead title={t('notes:page.list')} what={t('notes:what')}>
        {writes && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('notes:new')}</Button>}
      </PageHead>
      <ProblemAlert error={asked.error} onRetry={() => void asked.refetch()} />
      <DataTable<Note> name={t('notes:page.list')} loading={asked.isFetching && !asked.data} dataSource={asked.data?.items ?? []} total={asked.data?.total} paging={paging}
        locale={{ emptyText: <EmptyState why={t(year === null ? 'notes:none' : 'notes:none-year')} /> }}
        columns={[
          { title: t('notes:title'), key: 'title', width: 480, render: (_, one) => <Link to={keep(`/notes/${one.id}`)}>{one.title || t('notes:untitled')}</Link> },
          { title: t('notes:unit'), dataIndex: 'unit_name' },
          { title: t('notes:year'), dataIndex: 'year', className: 'oko-number' },
          { title: t('notes:state'), key: 'state', render: (_, one) => <StateTag kind="note" state={one.state} /> },
          { title: t('notes:changed'), key: 'updated', className: 'oko-number', render: (_, one) => format.time(one.updated) },
        ]} />
      {open && <NewNote onClose={() => setOpen(false)} />}
    </>
  );
}
