import { Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { Loaded } from '../../parts/Loaded';

interface Answer { question: string; answer: string }

/** Guiding questions: those for everybody, and those of the families of signs that stand out at the unit. */
export function Questions({ unit, answers, onChange }: { unit: number; answers: Answer[]; onChange: (answers: Answer[]) => void }) {
  const { t, i18n } = useTranslation('notes');
  const asked = $api.useQuery('get', '/self-analysis/questions', { params: { query: unit > 0 ? { unit } : {} } });
  const put = (question: string, answer: string) => {
    const rest = answers.filter((one) => one.question !== question);
    onChange(answer === '' ? rest : [...rest, { question, answer }]);
  };
  return (
    <Card size="small" title={t('questions')}>
      <Loaded of={asked}>
        {(data) => {
          const own = data.questions.map((question) => (i18n.language === 'en' ? question.en : question.ru));
          // What was answered to a question that is asked no more stays.
          const all = [...own, ...answers.map((one) => one.question).filter((question) => !own.includes(question))];
          return (
            <>
              <p className="oko-quiet">{t(data.families.length > 0 ? 'questions-by' : 'questions-any')}</p>
              {all.map((question, i) => (
                <Form.Item key={question} label={question} htmlFor={`answer-${i}`}>
                  <Input.TextArea id={`answer-${i}`} value={answers.find((one) => one.question === question)?.answer ?? ''} maxLength={10000} autoSize={{ minRows: 2, maxRows: 12 }} onChange={(event) => put(question, event.target.value)} />
                </Form.Item>
              ))}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
