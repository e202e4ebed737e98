import { Button, Card, Form, Radio } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { DraftNotice } from '../../parts/DraftNotice';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import type { Event } from './event';

type Phase = 'before' | 'after';
type Question = Schemas['SurveyResults']['questions'][number];

/** Before: while it is planned. After: from its day on. */
function phaseOf(event: Event): Phase | null {
  if (event.state === 'held' || event.state === 'closed') return 'after';
  if (event.state !== 'planned') return null;
  return event.body.from && dayjs(event.body.from.slice(0, 10)).isAfter(dayjs()) ? 'before' : 'after';
}

function Answer({ event, phase }: { event: Event; phase: Phase }) {
  const { t } = useTranslation(['events', 'app']);
  const [typed, type, draft] = useDraft<Record<string, number>>(`survey.${event.id}.${phase}`, {});
  const create = $api.useMutation('post', '/survey-answers');
  const tell = useTellFailure();
  const questions = event.body.survey ?? [];
  const send = () => create.mutate({ body: { body: { event: event.id, phase, answers: typed } } }, {
    onSuccess: () => { draft.forget(); type({}); draft.forget(); toast.success(t('events:survey.thanks')); },
    onError: (error) => tell(error),
  });
  return (
    <Form layout="vertical" onFinish={send}>
      <h3>{t(`events:survey.${phase}`)}</h3>
      <DraftNotice draft={draft} />
      <p className="oko-quiet">{t('events:survey.scale')}</p>
      {questions.map((question) => (
        <Form.Item key={question.code} label={question.text} htmlFor={`answer-${question.code}`}>
          <Radio.Group id={`answer-${question.code}`} aria-label={question.text} optionType="button" value={typed[question.code]} onChange={(change) => type({ ...typed, [question.code]: change.target.value as number })}
            options={[1, 2, 3, 4, 5].map((value) => ({ value, label: value }))} />
        </Form.Item>
      ))}
      <Button htmlType="submit" type="primary" loading={create.isPending} disabled={Object.keys(typed).length === 0}>{t('events:survey.send')}</Button>
    </Form>
  );
}

function Side({ side }: { side: Schemas['SurveySide'] }) {
  const { t } = useTranslation('events');
  const format = useFormat();
  if (side.hidden) return <span className="oko-quiet">{t('survey.hidden')}</span>;
  if (!side.n) return <span className="oko-quiet">{t('survey.nobody')}</span>;
  return <span>{t('survey.side', { mean: format.number(side.mean, 2), good: format.share(side.good, 0), count: side.n })}</span>;
}

function Results({ event }: { event: Event }) {
  const { t } = useTranslation('events');
  const format = useFormat();
  const asked = $api.useQuery('get', '/events/{id}/survey', { params: { path: { id: event.id } } });
  const change = (one: Question) => {
    const found = one.change as { value: number; lo: number; hi: number } | null | undefined;
    return found ? t('survey.change-of', { value: `${found.value > 0 ? '+' : ''}${format.number(found.value, 2)}`, lo: format.number(found.lo, 2), hi: format.number(found.hi, 2) }) : '—';
  };
  return (
    <Loaded of={asked}>
      {(data) => (
        <>
          <DataTable<Question> name={t('survey.results')} rowKey="code" size="small" dataSource={data.questions}
            columns={[
              { title: t('survey.question-name'), dataIndex: 'text', width: 200 },
              { title: t('survey.before-name'), key: 'before', render: (_, one) => <Side side={one.before} /> },
              { title: t('survey.after-name'), key: 'after', render: (_, one) => <Side side={one.after} /> },
              { title: t('survey.change'), key: 'change', render: (_, one) => change(one) },
            ]} />
          <p className="oko-quiet">{t(data.published ? 'survey.how-published' : 'survey.how')}</p>
        </>
      )}
    </Loaded>
  );
}

/** Questions before and after: to answer them while it is time, and what all answered, without names. */
export function Survey({ event }: { event: Event }) {
  const { t } = useTranslation('events');
  const answers = useRole('operator', 'municipal', 'school', 'head');
  const phase = phaseOf(event);
  if ((event.body.survey ?? []).length === 0) return null;
  return (
    <Card size="small" title={t('survey.name')}>
      {answers && phase && event.state !== 'closed' && <Answer key={phase} event={event} phase={phase} />}
      <h3>{t('survey.results')}</h3>
      <Results event={event} />
    </Card>
  );
}
