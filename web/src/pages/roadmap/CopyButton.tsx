import { CopyOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { FormDialog } from '../../parts/FormDialog';
import { toast } from '../../parts/toast';

interface Typed { first_year: number; to?: string }

/** The same rows for other years: a draft whose years and deadlines are moved, edited and then put into force. */
export function CopyButton({ from }: { from: Schemas['Roadmap'] }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const keep = useKeep();
  const copy = $api.useMutation('post', '/roadmaps/copies');
  const save = async ({ first_year, to }: Typed) => {
    const made = await copy.mutateAsync({ body: { code: from.key ?? '', first_year, ...(to ? { to } : {}) } });
    toast.success(t('roadmap:copy.made'));
    await navigate(keep(`/roadmap/${made.id}`));
  };
  return (
    <>
      <Button icon={<CopyOutlined />} onClick={() => setOpen(true)}>{t('roadmap:copy.name')}</Button>
      {open && (
        <FormDialog<Typed> place={`roadmap.copy.${from.id}`} root="/body" start={{ first_year: (from.body.last_year ?? new Date().getFullYear()) + 1 }} title={t('roadmap:copy.name')} ok={t('roadmap:copy.go')}
          lead={<p>{t('roadmap:copy.what')}</p>} onSave={save} onClose={() => setOpen(false)}>
          <Form.Item name="first_year" label={t('roadmap:copy.first-year')} rules={[{ required: true, message: t('app:needed') }]}><InputNumber min={1990} max={2090} precision={0} /></Form.Item>
          <Form.Item name="to" label={t('roadmap:copy.code')} extra={t('roadmap:copy.code-why')} rules={[{ pattern: /^[A-Za-z0-9._-]{1,32}$/, message: t('roadmap:copy.code-rule') }]}><Input maxLength={32} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
