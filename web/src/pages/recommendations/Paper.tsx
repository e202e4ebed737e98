import { DownloadOutlined, FileWordOutlined } from '@ant-design/icons';
import { Alert, Button, Card } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { createElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, carefulFetch, href, type Schemas } from '../../api/client';
import { problemOf } from '../../api/problem';
import { Loaded } from '../../parts/Loaded';

async function page(id: number): Promise<string> {
  const response = await carefulFetch(new Request(`/api/v1/recommendations/${id}/letter?format=html`));
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

const TAGS = new Set(['p', 'h1', 'h2']);

/** The server's page of the letter, part by part: it is text in three kinds of elements, and nothing else gets through. */
function Sheet({ html }: { html: string }) {
  const parts = useMemo(() => [...new DOMParser().parseFromString(html, 'text/html').body.children]
    .filter((part) => TAGS.has(part.localName)).map((part) => ({ tag: part.localName, name: part.className, text: part.textContent ?? '' })), [html]);
  // The headings of the letter lie below the heading of the page.
  const tag = (name: string) => (name === 'h1' ? 'h3' : name === 'h2' ? 'h4' : 'p');
  return <div className="oko-paper" lang="ru">{parts.map((part, i) => createElement(tag(part.tag), { key: i, className: part.name || undefined }, part.text))}</div>;
}

/** The letter as the office sees it, what of it is still empty and why, and the document. */
export function Paper({ id, version, gone }: { id: number; version: number; gone: boolean }) {
  const { t } = useTranslation('recommendations');
  const sheet = useQuery({ queryKey: ['letter', id, version], queryFn: () => page(id) });
  const model = $api.useQuery('get', '/recommendations/{id}/letter', { params: { path: { id }, query: { format: 'json' } } });
  const told = typeof model.data === 'object' ? (model.data as Schemas['LetterModel']) : undefined;
  const gaps = (gone ? [] : (told?.unfilled ?? [])).filter((gap) => gap.why !== 'empty' || !['cases', 'measures'].includes(gap.place));
  const template = told?.template as { id: number; title: string } | null | undefined;
  return (
    <Card title={<h2 className="oko-h2">{t('paper.title')}</h2>} extra={<span className="oko-no-print">{template ? t('paper.template', { title: template.title }) : t('paper.built-in')}</span>}>
      {gaps.length > 0 && (
        <Alert className="oko-gap oko-no-print" type={gaps.some((gap) => gap.why === 'unknown') ? 'warning' : 'info'} showIcon title={t('paper.gaps')}
          description={<ul>{gaps.map((gap) => <li key={gap.place}>{t(`paper.place.${gap.place}`, { defaultValue: `{{${gap.place}}}` })}: {t(`paper.why.${gap.why}`)}</li>)}</ul>} />
      )}
      <Loaded of={sheet}>{(html) => <Sheet html={html} />}</Loaded>
      <div className="oko-row oko-no-print">
        <Button icon={<FileWordOutlined />} href={href(`/recommendations/${id}/letter`, { format: 'docx' })} download>{t('paper.docx')}</Button>
        {template && <Button icon={<DownloadOutlined />} href={href(`/recommendations/${id}/letter`, { format: 'docx', template: 0 })} download>{t('paper.docx-built-in')}</Button>}
      </div>
    </Card>
  );
}
