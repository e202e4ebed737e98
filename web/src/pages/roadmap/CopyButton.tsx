import { CopyOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

interface Typed { first_year: number; to?: string }

/** The same rows for other years: a draft whose years and deadlines are moved, edited and then put into force. */
export function CopyButton({ from }: { from: Schemas['Roadmap'] }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Typed>();
  const navigate = useNavigate();
  const keep = useKeep();
  const copy = $api.useMutation('post', '/roadmaps/copies');
  const tell = useTellFailure();
  const save = ({ first_year, to }: Typed) => copy.mutate({ body: { code: from.key ?? '', first_year, ...(to ? { to } : {}) } }, {
    onSuccess: (made) => { toast.success(t('roadmap:copy.made')); setOpen(false); void navigate(keep(`/roadmap/${made.id}`)); },
    onError: (error) => tell(error, form, '/body'),
  });
  return (
    <>
      <Button icon={<CopyOutlined />} onClick={() => setOpen(true)}>{t('roadmap:copy.name')}</Button>
      <Modal open={open} title={t('roadmap:copy.name')} okText={t('roadmap:copy.go')} cancelText={t('app:cancel')} onCancel={() => setOpen(false)} onOk={() => form.submit()} confirmLoading={copy.isPending} destroyOnHidden>
        <p>{t('roadmap:copy.what')}</p>
        <Form form={form} layout="vertical" onFinish={save} initialValues={{ first_year: (from.body.last_year ?? new Date().getFullYear()) + 1 }}>
          <Form.Item name="first_year" label={t('roadmap:copy.first-year')} rules={[{ required: true, message: t('app:needed') }]}><InputNumber min={1990} max={2090} precision={0} /></Form.Item>
          <Form.Item name="to" label={t('roadmap:copy.code')} extra={t('roadmap:copy.code-why')} rules={[{ pattern: /^[A-Za-z0-9._-]{1,32}$/, message: t('roadmap:copy.code-rule') }]}><Input maxLength={32} /></Form.Item>
        </Form>
      </Modal>
    </>
  );
}
