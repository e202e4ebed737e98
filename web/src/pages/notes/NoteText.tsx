import { Card } from 'antd';
import { useTranslation } from 'react-i18next';

import { EmptyState } from '../../parts/EmptyState';
import type { Note } from './NotePage';

/** A note to be read. */
export function NoteText({ note }: { note: Note }) {
  const { t } = useTranslation('notes');
  const { text, conclusions = [], answers = [] } = note.body;
  const answered = answers.filter((one) => one.answer);
  if (!text && conclusions.length === 0 && answered.length === 0) return <EmptyState why={t('empty')} />;
  return (
    <div className="oko-stack">
      {text && <Card size="small" title={t('text')}>{text.split(/\n+/).map((paragraph, i) => <p key={i}>{paragraph}</p>)}</Card>}
      {answered.length > 0 && <Card size="small" title={t('answers')}>{answered.map((one) => <div key={one.question}><b>{one.question}</b><p>{one.answer}</p></div>)}</Card>}
      {conclusions.length > 0 && <Card size="small" title={t('conclusions')}><ol className="oko-links">{conclusions.map((one, i) => <li key={i}>{one}</li>)}</ol></Card>}
    </div>
  );
}
