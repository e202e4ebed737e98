import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';

import { $api, href, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RecordActions } from '../../parts/RecordActions';
import { RecordLinks } from '../../parts/RecordLinks';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import '../../styles/events.css';
import { NoteForm } from './NoteForm';
import { NoteText } from './NoteText';

export type Note = Schemas['Note'];

function Documents({ id }: { id: number }) {
  const { t } = useTranslation('notes');
  const items = (['docx', 'html'] as const).map((format) => ({ key: format, label: <a href={href(`/notes/${id}/document`, { format })} download>{t(`format.${format}`)}</a> }));
  return <Dropdown trigger={['click']} menu={{ items }}><Button icon={<DownloadOutlined />} aria-haspopup="menu">{t('document')}</Button></Dropdown>;
}

function Shown({ note }: { note: Note }) {
  const { t } = useTranslation(['notes', 'app']);
  const keep = useKeep();
  const [search] = useSearchParams();
  const { run, evidence } = note.body;
  return (
    <>
      <PageHead title={note.title || t('notes:untitled')} crumbs={[{ title: t('notes:page.list'), to: keep('/notes') }, { title: note.unit_name ?? '' }]}
        what={run ? t(evidence ? 'notes:tied-both' : 'notes:tied', { run, evidence }) : t('notes:tied-none')}>
        <Documents id={note.id} />
        <HistoryDrawer kind="note" id={note.id} />
      </PageHead>
      <div className="oko-row oko-gap"><StateTag kind="note" state={note.state} /><RecordActions kind="note" record={note as unknown as Head} start={search.get('act')} /></div>
      <div className="oko-two">
        {note.editable ? <NoteForm key={note.id} note={note} /> : <NoteText note={note} />}
        <div className="oko-stack">
          <Card size="small" title={t('notes:files')}><RecordLinks kind="note" record={note} relation="material" name={t('notes:files')} editable={note.editable} /></Card>
          <Card size="small" title={t('notes:way')}><Steps kind="note" record={note} /></Card>
        </div>
      </div>
    </>
  );
}

/** A note or self-analysis: its text, conclusions and answers; on paper together with the figures of its run. */
export default function NotePage() {
  const id = Number(useParams().id);
  const note = $api.useQuery('get', '/notes/{id}', { params: { path: { id } } });
  return <Loaded of={note} rows={8}>{(data) => <Shown note={data} />}</Loaded>;
}
