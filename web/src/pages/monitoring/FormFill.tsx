import { Alert, Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ProblemAlert, useTellFailure } from '../../parts/ProblemAlert';
import { useAct } from '../../parts/records';
import { toast } from '../../parts/toast';
import { cellsOf } from './cells';
import { useFields, type Field } from './data';
import { FieldRow } from './FieldRow';
import { PasteIntoForm } from './PasteIntoForm';
import { SaveBar } from './SaveBar';
import { useFilling, type Form } from './useFilling';

const INPUTS = '.oko-field input:not([type=radio]), .oko-field input[type=radio]:checked, .oko-field .ant-radio-group:not(:has(input:checked)) label:first-child input, textarea.oko-explain';

function useNext(place: React.RefObject<HTMLDivElement | null>): (back: boolean) => void {
  return (back) => {
    const all = [...(place.current?.querySelectorAll<HTMLElement>(INPUTS) ?? [])];
    const at = all.findIndex((one) => one === document.activeElement);
    all[at + (back ? -1 : 1)]?.focus();
  };
}

/** The form being filled: saved at every pause, pasted into from a table, handed in when it is whole. */
export function FormFill({ form, fields }: { form: Form; fields: Field[] }) {
  const { t } = useTranslation(['monitoring', 'records']);
  const { words } = useFields();
  const filling = useFilling(form, fields);
  const place = useRef<HTMLDivElement>(null);
  const next = useNext(place);
  const [asked, setAsked] = useState(false);
  const [pasted, setPasted] = useState<{ cells: string[][]; from: number } | null>(null);
  const submit = useAct('form', form.id);
  const tell = useTellFailure();
  const empty = fields.filter((field) => filling.text(field.code).trim() === '');
  const missing = asked && empty.length > 0 && filling.explanation.trim() === '';
  const handIn = async () => {
    setAsked(true);
    if (empty.length > 0 && filling.explanation.trim() === '') {
      place.current?.querySelector<HTMLElement>(`[data-field="${empty[0].code}"] input`)?.focus();
      return;
    }
    if (!(await filling.flush())) { toast.error(t('form.not-saved')); return; }
    submit.mutate({ action: 'submit', input: {}, version: filling.version() }, {
      onSuccess: () => toast.success(t('records:form.state.submitted')),
      onError: (error) => tell(error),
    });
  };
  return (
    <div className="oko-answers-form" ref={place}>
      <p className="oko-quiet">{t('form.how')}</p>
      {filling.merged.length > 0 && <Alert type="info" showIcon closable title={t('form.merged', { fields: filling.merged.map((code) => { const field = fields.find((one) => one.code === code); return field ? words(field).title : code; }).join('; ') })} />}
      <ProblemAlert error={filling.error} />
      {fields.map((field, i) => (
        <FieldRow key={field.code} field={field} words={words(field)} filling={filling} missing={missing} onNext={next} onPaste={(text) => setPasted({ cells: cellsOf(text), from: i })} />
      ))}
      <div className="oko-field" data-bad={missing}>
        <div style={{ gridColumn: '1 / -1' }}>
          <label htmlFor="form-explanation">{t('form.explanation')}</label>
          <div className="oko-field-about">{t('form.explanation-what')}</div>
        </div>
        <Input.TextArea id="form-explanation" className="oko-explain" style={{ gridColumn: '1 / -1' }} autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} value={filling.explanation} onChange={(event) => filling.explain(event.target.value)} onBlur={() => void filling.flush()} />
      </div>
      {missing && <Alert type="warning" showIcon role="alert" title={t('form.missing-some', { count: empty.length })} />}
      <SaveBar state={filling.state} at={filling.savedAt}>
        <Button type="primary" loading={submit.isPending} onClick={() => void handIn()}>{t('records:form.action.submit')}</Button>
        <span className="oko-quiet">{t('form.filled', { filled: fields.length - empty.length, total: fields.length })}</span>
      </SaveBar>
      {pasted && <PasteIntoForm cells={pasted.cells} from={pasted.from} fields={fields} onClose={() => setPasted(null)} onTake={(texts) => { filling.type(texts); setPasted(null); }} />}
    </div>
  );
}
