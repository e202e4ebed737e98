import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useDraft } from '../../app/drafts';
import { DraftNotice } from '../../parts/DraftNotice';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useChange } from '../../parts/records';
import { toast } from '../../parts/toast';
import type { Note } from './NotePage';
import { Questions } from './Questions';

export interface Typed { title: string; text: string; conclusions: string[]; answers: { question: string; answer: string }[] }

const start = (note: Note): Typed => ({
  title: note.title ?? '',
  text: note.body.text ?? '',
  conclusions: note.body.conclusions ?? [],
  answers: (note.body.answers ?? []).map((one) => ({ question: one.question ?? '', answer: one.answer ?? '' })),
});

/** Writing a note: text, answers to questions, conclusions. What is typed stays here until it is saved on the server. */
export function NoteForm({ note }: { note: Note }) {
  const { t } = useTranslation(['notes', 'app']);
  const [typed, type, draft] = useDraft<Typed>(`note.${note.id}`, start(note), { base: note.version });
  const change = useChange('note', note.id);
  const tell = useTellFailure();
  const save = () => change.mutate({
    change: { title: typed.title, body: { text: typed.text, conclusions: typed.conclusions.map((one) => one.trim()).filter(Boolean), answers: typed.answers.filter((one) => one.answer.trim()) } },
    version: note.version,
  }, { onSuccess: () => { draft.forget(); toast.success(t('notes:saved')); }, onError: (error) => tell(error) });
  const conclude = (i: number, text: string) => type({ ...typed, conclusions: typed.conclusions.map((one, k) => (k === i ? text : one)) });
  return (
    <Form layout="vertical" onFinish={save} className="oko-stack">
      <DraftNotice draft={draft} />
      {draft.kept && !draft.restored && <Alert type="info" showIcon title={t('notes:unsaved')} />}
      <Form.Item label={t('notes:title')} htmlFor="note-title" style={{ margin: 0 }}><Input id="note-title" value={typed.title} maxLength={1000} onChange={(event) => type({ ...typed, title: event.target.value })} /></Form.Item>
      <Form.Item label={t('notes:text')} htmlFor="note-text" extra={t('notes:text-why')} style={{ margin: 0 }}>
        <Input.TextArea id="note-text" value={typed.text} maxLength={200000} autoSize={{ minRows: 8, maxRows: 40 }} onChange={(event) => type({ ...typed, text: event.target.value })} />
      </Form.Item>
      <Questions unit={note.unit} answers={typed.answers} onChange={(answers) => type({ ...typed, answers })} />
      <Card size="small" title={t('notes:conclusions')}>
        {typed.conclusions.map((one, i) => (
          <div key={i} className="oko-question">
            <Input.TextArea value={one} maxLength={4000} autoSize={{ minRows: 1, maxRows: 6 }} aria-label={t('notes:conclusion', { no: i + 1 })} onChange={(event) => conclude(i, event.target.value)} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('notes:conclusion-remove', { no: i + 1 })} onClick={() => type({ ...typed, conclusions: typed.conclusions.filter((_, k) => k !== i) })} />
          </div>
        ))}
        {typed.conclusions.length < 50 && <Button icon={<PlusOutlined />} onClick={() => type({ ...typed, conclusions: [...typed.conclusions, ''] })}>{t('notes:conclusion-add')}</Button>}
      </Card>
      <div><Button type="primary" htmlType="submit" loading={change.isPending} disabled={!draft.kept}>{t('app:save')}</Button></div>
    </Form>
  );
}
