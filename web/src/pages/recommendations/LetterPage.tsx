import { Button, Card, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import type { Schemas } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { useKeep } from '../../app/context';
import { DraftNotice } from '../../parts/DraftNotice';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { NextStep } from '../../parts/NextStep';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { RecordLinks } from '../../parts/RecordLinks';
import { useChange, useLinks, useRecord, useRemove, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import { toast } from '../../parts/toast';
import { Editor, type LetterText } from './Editor';
import { Paper } from './Paper';
import '../../styles/cases.css';

type Letter = Schemas['Recommendation'] & Head;

function Editing({ letter, onDone }: { letter: Letter; onDone: () => void }) {
  const { t } = useTranslation('recommendations');
  const change = useChange('recommendation', letter.id);
  const tell = useTellFailure();
  const { subject, addressee, text, measures, advice, sign, cause } = letter.body;
  const [value, setValue, draft] = useDraft<LetterText>(`letter.${letter.id}`, { unit: letter.unit, subject, addressee, text, measures, advice, sign, cause }, { base: letter.version });
  const save = () => {
    const { unit: _, ...body } = value;
    change.mutate({ change: { title: value.subject || letter.title, body }, version: letter.version }, {
      onSuccess: () => { draft.forget(); toast.success(t('edit.saved')); onDone(); },
      onError: (error) => tell(error),
    });
  };
  return <><DraftNotice draft={draft} /><Editor value={value} change={(part) => setValue({ ...value, ...part })} fixed busy={change.isPending} onSave={save} saveName={t('edit.save')} /></>;
}

function About({ letter }: { letter: Letter }) {
  const { t } = useTranslation('recommendations');
  const keep = useKeep();
  const links = useLinks('recommendation', letter.id);
  const cases = links.data?.items.filter((link) => link.relation === 'about' && link.target === 'record') ?? [];
  if (cases.length === 0) return null;
  return (
    <Card title={<h2 className="oko-h2">{t('about.title')}</h2>}>
      <ul className="oko-links">{cases.map((link) => <li key={link.id}><Link to={keep(`/cases/${link.target_id}`)}>{link.title || t('about.case', { id: link.target_id })}</Link></li>)}</ul>
    </Card>
  );
}

function Content({ letter }: { letter: Letter }) {
  const { t } = useTranslation(['recommendations', 'app']);
  const keep = useKeep();
  const go = useNavigate();
  const tell = useTellFailure();
  const remove = useRemove('recommendation', letter.id);
  const [editing, setEditing] = useState(false);
  const { number, answer } = letter.body;
  return (
    <>
      <PageHead title={letter.body.subject || letter.title || t('list.no-subject')} what={`${letter.unit_name || letter.unit_code}${number ? ` · ${t('number', { number })}` : ''}`} crumbs={[{ title: t('page.letters'), to: keep('/recommendations') }]}>
        <StateTag kind="recommendation" state={letter.state} />
        {letter.editable && <Button onClick={() => setEditing(!editing)}>{t(editing ? 'edit.close' : 'edit.open')}</Button>}
        {letter.editable && (
          <Popconfirm title={t('edit.remove-sure')} okText={t('app:remove')} cancelText={t('app:cancel')} onConfirm={() => remove.mutate({ version: letter.version }, { onSuccess: () => void go(keep('/recommendations')), onError: (error) => tell(error) })}>
            <Button danger>{t('app:remove')}</Button>
          </Popconfirm>
        )}
        <HistoryDrawer kind="recommendation" id={letter.id} />
      </PageHead>
      {editing && letter.editable ? <Editing key={letter.version} letter={letter} onDone={() => setEditing(false)} /> : (
        <div className="oko-two">
          <Paper id={letter.id} version={letter.version} gone={!['draft', 'review', 'approved'].includes(letter.state)} />
          <div className="oko-stack">
            <NextStep kind="recommendation" record={letter} hide={['read']} />
            {answer && <Card title={<h2 className="oko-h2">{t('answer.title')}</h2>}><p className="oko-text">{answer}</p></Card>}
            <Card title={<h2 className="oko-h2">{t('files')}</h2>}><RecordLinks kind="recommendation" record={letter} relation="attachment" documents /></Card>
            <About letter={letter} />
            <Card title={<h2 className="oko-h2">{t('steps')}</h2>}><Steps kind="recommendation" record={letter} /></Card>
          </div>
        </div>
      )}
    </>
  );
}

/** One letter: paper, next step, answer, attachments. */
export default function LetterPage() {
  const id = Number(useParams().id);
  const letter = useRecord<Letter>('recommendation', id);
  return <Loaded of={letter}>{(data) => <Content key={data.id} letter={data} />}</Loaded>;
}
