import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Questions that everybody answers from 1 to 5 before and after the event. */
export function SurveyQuestions() {
  const { t } = useTranslation('events');
  return (
    <fieldset className="oko-set">
      <legend>{t('survey.questions')}</legend>
      <p className="oko-quiet">{t('survey.questions-why')}</p>
      <Form.List name="survey">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className="oko-question">
                <Form.Item {...field} key={undefined} noStyle><Input maxLength={1000} aria-label={t('survey.question', { no: field.name + 1 })} placeholder={t('survey.like')} /></Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('survey.remove', { no: field.name + 1 })} onClick={() => remove(field.name)} />
              </div>
            ))}
            {fields.length < 40 && <Button icon={<PlusOutlined />} onClick={() => add('')}>{t('survey.add')}</Button>}
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
