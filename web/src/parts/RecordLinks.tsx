import { DeleteOutlined, LinkOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Form, Input, Popconfirm, Progress, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as To } from 'react-router';

import { href, type Schemas } from '../api/client';
import type { RecordKind } from './flows';
import { KeptForm } from './KeptForm';
import { Loaded } from './Loaded';
import { useTellFailure } from './ProblemAlert';
import { useLink, useLinks, useUnlink, type Head, type Link } from './records';
import { upload } from './upload';

function Target({ link }: { link: Link }) {
  const { t } = useTranslation();
  if (link.target === 'file') return <a href={href(`/files/${link.target_id}/content`)} download><PaperClipOutlined /> {link.title || t('app:links.file')}</a>;
  if (link.target === 'url') return <a href={link.note} target="_blank" rel="noreferrer noopener"><LinkOutlined /> {link.note}</a>;
  if (link.target === 'record') return <To to={`/records/${link.back ? link.record : link.target_id}`}><LinkOutlined /> {link.title}</To>;
  return <span><LinkOutlined /> {link.title || link.note || t(`app:links.${link.target}`, { id: link.target_id })}</span>;
}

interface Props {
  kind: RecordKind;
  record: Head<object>;
  editable?: boolean;
  relation?: string;
  name?: string;
  /** Files and addresses alone: the page shows the records by itself. */
  documents?: boolean;
}

/** Files, addresses and records that belong to a record: documents that prove a step (relation "evidence"), or others. */
export function RecordLinks({ kind, record, editable = record.editable || record.actions.length > 0, relation = 'evidence', name, documents = false }: Props) {
  const { t } = useTranslation();
  const links = useLinks(kind, record.id);
  const add = useLink(kind, record.id);
  const drop = useUnlink(kind, record.id);
  const tell = useTellFailure();
  const [progress, setProgress] = useState<number | null>(null);
  const [form] = Form.useForm<{ url: string }>();
  const attach = async (file: File) => {
    setProgress(0);
    try {
      const kept = await upload<Schemas['File']>(`/files?name=${encodeURIComponent(file.name)}${record.unit ? `&unit=${record.unit}` : ''}`, file, { onProgress: setProgress });
      await add.mutateAsync({ relation, target: 'file', id: kept.id });
    } catch (error) {
      tell(error);
    } finally {
      setProgress(null);
    }
  };
  return (
    <section aria-label={name ?? t('app:links.title')}>
      <Loaded of={links} rows={2}>
        {(data) => { const shown = data.items.filter((link) => !link.back && (!documents || link.target === 'file' || link.target === 'url')); return shown.length === 0 ? <p className="oko-quiet">{t('app:links.none')}</p> : (
          <ul className="oko-links">
            {shown.map((link) => (
              <li key={link.id}>
                <Target link={link} />
                {editable && (
                  <Popconfirm title={t('app:links.remove-sure')} okText={t('app:remove')} cancelText={t('app:cancel')} onConfirm={() => drop.mutate({ link: link.id }, { onError: (error) => tell(error) })}>
                    <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('app:links.remove', { name: link.title || link.note })} className="oko-no-print" />
                  </Popconfirm>
                )}
              </li>
            ))}
          </ul>
        ); }}
      </Loaded>
      {!documents && links.data?.items.some((link) => link.back) && (
        <>
          <p className="oko-quiet">{t('app:links.used')}</p>
          <ul className="oko-links">{links.data.items.filter((link) => link.back).map((link) => <li key={link.id}><Target link={link} /></li>)}</ul>
        </>
      )}
      {editable && (
        <div className="oko-stack oko-no-print">
          <Upload.Dragger multiple showUploadList={false} beforeUpload={(file) => { void attach(file); return false; }}>
            <p><UploadOutlined /> {t('app:links.drop')}</p>
          </Upload.Dragger>
          {progress !== null && <Progress percent={Math.round(progress * 100)} aria-label={t('app:links.sending')} />}
          <KeptForm<{ url: string }> form={form} name={`link-${relation}`} place={`link.${kind}.${record.id}.${relation}`} layout="inline" onSave={({ url }) => add.mutateAsync({ relation, target: 'url', note: url }).then(() => form.setFieldsValue({ url: '' }))}>
            <Form.Item name="url" rules={[{ type: 'url', message: t('app:links.not-url') }, { required: true, message: t('app:needed') }]}>
              <Input placeholder={t('app:links.url')} aria-label={t('app:links.url')} />
            </Form.Item>
            <Button htmlType="submit">{t('app:links.add-url')}</Button>
          </KeptForm>
        </div>
      )}
    </section>
  );
}
