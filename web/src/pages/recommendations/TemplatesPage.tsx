import { UploadOutlined } from '@ant-design/icons';
import { Alert, Card, Progress, Tag, Upload } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, href, type Schemas } from '../../api/client';
import { useRole } from '../../app/session';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useSaid } from '../../parts/ProblemAlert';
import { RecordActions } from '../../parts/RecordActions';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { upload } from '../../parts/upload';
import '../../styles/cases.css';

type Template = Schemas['Template'];
const KNOWN = ['number', 'date', 'addressee', 'unit', 'subject', 'text', 'cases', 'measures', 'deadline', 'sender', 'signer'];

function One({ template }: { template: Template }) {
  const { t } = useTranslation('recommendations');
  const format = useFormat();
  const places = template.body.places ?? [];
  const unknown = places.filter((place) => !KNOWN.includes(place));
  return (
    <Card title={<h2 className="oko-h2">{template.title}</h2>} extra={<StateTag kind="template" state={template.state} />}>
      <p className="oko-quiet">{template.unit_name && `${template.unit_name} · `}{format.date(template.created)}</p>
      <p><a href={href(`/files/${template.body.file}/content`)} download>{t('templates.download', { size: format.bytes(template.body.bytes ?? 0) })}</a></p>
      {places.length === 0 && <Alert type="warning" showIcon className="oko-gap" title={t('templates.no-places')} />}
      <p>{places.filter((place) => KNOWN.includes(place)).map((place) => <Tag key={place}>{t(`paper.place.${place}`)}</Tag>)}</p>
      {unknown.length > 0 && <Alert type="warning" showIcon className="oko-gap" title={t('templates.unknown', { list: unknown.map((place) => `{{${place}}}`).join(', ') })} />}
      <RecordActions kind="template" record={template as Head} />
    </Card>
  );
}

/** DOCX forms of the office: uploaded, looked through, chosen for all letters. */
export default function TemplatesPage() {
  const { t } = useTranslation(['recommendations', 'records', 'app']);
  const mayUpload = useRole('operator', 'admin');
  const queries = useQueryClient();
  const said = useSaid();
  const [progress, setProgress] = useState<number | null>(null);
  const [failure, setFailure] = useState('');
  const list = $api.useQuery('get', '/templates', { params: { query: { limit: 100, sort: '-updated' } } });
  const send = async (file: File) => {
    setFailure('');
    setProgress(0);
    try {
      await upload<Template>(`/templates?name=${encodeURIComponent(file.name)}`, file, { onProgress: setProgress });
      await queries.invalidateQueries();
    } catch (error) {
      setFailure(said(error));
    } finally {
      setProgress(null);
    }
  };
  return (
    <>
      <PageHead title={t('page.templates')} what={t('templates.what')} />
      {mayUpload && (
        <Upload.Dragger accept=".docx" showUploadList={false} className="oko-gap" beforeUpload={(file) => { void send(file); return false; }}>
          <p><UploadOutlined /> {t('templates.drop')}</p>
        </Upload.Dragger>
      )}
      {progress !== null && <Progress percent={Math.round(progress * 100)} aria-label={t('app:links.sending')} />}
      {failure && <Alert type="error" showIcon role="alert" className="oko-gap" title={failure} />}
      <details className="oko-gap">
        <summary>{t('templates.how')}</summary>
        <p>{t('templates.how-words')}</p>
        <ul>{KNOWN.map((place) => <li key={place}><code>{`{{${place}}}`}</code> — {t(`paper.place.${place}`)}</li>)}</ul>
      </details>
      <Loaded of={list}>
        {(data) => (data.total === 0 ? <EmptyState why={t('templates.none')} /> : <div className="oko-cards">{data.items.map((one) => <One key={one.id} template={one} />)}</div>)}
      </Loaded>
    </>
  );
}
