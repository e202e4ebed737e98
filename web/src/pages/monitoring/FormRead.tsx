import { useTranslation } from 'react-i18next';

import { useFormat } from '../../parts/format';
import { useFields, type Field, type Values } from './data';
import type { Form } from './useFilling';

/** The form as it was filled, for those who look at it. */
export function FormRead({ form, fields }: { form: Form; fields: Field[] }) {
  const { t } = useTranslation(['monitoring']);
  const { words } = useFields();
  const format = useFormat();
  const values = (form.body.values ?? {}) as Values;
  const said = (field: Field) => {
    const value = values[field.code];
    if (value === undefined || value === null) return <span className="oko-quiet">{t('answer.empty')}</span>;
    if (typeof value === 'boolean') return t(`answer.${value ? 'yes' : 'no'}`);
    return `${format.number(value)} ${words(field).unit}`;
  };
  return (
    <div className="oko-answers-form">
      <table className="oko-paste oko-panel">
        <caption className="oko-sr">{t('form.values')}</caption>
        <thead><tr><th scope="col">{t('column.field')}</th><th scope="col">{t('column.value')}</th></tr></thead>
        <tbody>{fields.map((field) => <tr key={field.code}><th scope="row" style={{ fontWeight: 400, paddingInlineStart: field.of ? 32 : undefined }}>{words(field).title}</th><td><b>{said(field)}</b></td></tr>)}</tbody>
      </table>
      {form.body.explanation && <section className="oko-panel"><h2>{t('form.explanation')}</h2><p>{form.body.explanation}</p></section>}
    </div>
  );
}
