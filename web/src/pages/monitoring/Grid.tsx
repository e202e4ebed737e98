import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { isBlock } from './cells';
import { useFields, type CampaignForm, type Field } from './data';
import { StageTag } from './Stages';
import type { Filled } from './useTable';

interface CellProps { form: CampaignForm; field: Field; title: string; filled: Filled; onPaste: (text: string) => void }

function Cell({ form, field, title, filled, onPaste }: CellProps) {
  const { t } = useTranslation(['monitoring']);
  if (!form.fields.includes(field.code)) return <span className="oko-quiet">—</span>;
  const text = filled.text(form, field);
  const problem = filled.problem(form, field);
  if (!form.fillable) return <span>{text === 'yes' || text === 'no' ? t(`answer.${text}`) : text || '—'}</span>;
  const said = problem?.startsWith('unread.') ? t(problem) : problem;
  const common = { 'aria-label': `${form.unit_name}: ${title}`, 'aria-invalid': problem !== undefined, onBlur: () => filled.leave(form) };
  return (
    <>
      {field.type === 'yesno' ? (
        <select {...common} value={text} onChange={(event) => filled.type(form, field, event.target.value)}>
          <option value="">—</option><option value="yes">{t('answer.yes')}</option><option value="no">{t('answer.no')}</option>
        </select>
      ) : (
        <input {...common} inputMode="numeric" autoComplete="off" maxLength={20} value={text} onChange={(event) => filled.type(form, field, event.target.value)}
          onPaste={(event) => { const block = event.clipboardData.getData('text'); if (isBlock(block)) { event.preventDefault(); onPaste(block); } }} />
      )}
      {said && <small role="alert">{said}</small>}
    </>
  );
}

interface Props { data: Schemas['CampaignFormList']; fields: Field[]; filled: Filled; paging: { page: number; turn: (page: number) => void }; onPaste: (text: string, row: number, column: number) => void }

/** Schools down, fields across; plain inputs, so that five hundred of them stay quick. */
export function Grid({ data, fields, filled, paging, onPaste }: Props) {
  const { t } = useTranslation(['monitoring']);
  const { words } = useFields();
  return (
    <DataTable<CampaignForm>
      className="oko-grid" name={t('table.title')} rowKey="form" dataSource={data.items} total={data.total} paging={paging}
      columns={[
        { title: t('column.unit'), key: 'unit', fixed: 'left', width: 230, render: (_, form) => <><Link to={`/monitoring/forms/${form.form}`}>{form.unit_name}</Link><div><StageTag stage={form.stage} /></div></> },
        ...fields.map((field, column) => ({
          title: <span className="oko-head-wrap">{words(field).title}</span>, key: field.code,
          render: (_: unknown, form: CampaignForm, row: number) => <Cell form={form} field={field} title={words(field).title} filled={filled} onPaste={(text) => onPaste(text, row, column)} />,
        })),
      ]}
    />
  );
}
