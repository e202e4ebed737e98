import { Alert, Input, Modal } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { Problem } from '../../api/problem';
import { useDraft } from '../../app/drafts';
import { DraftNotice } from '../../parts/DraftNotice';
import { useLater } from '../../parts/later';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { bodyOf, land, unreadIn, type Landing } from './block';
import { cellsOf } from './cells';
import { useFields, type CampaignForm, type Field } from './data';

interface Props { campaign: number; text: string; page: CampaignForm[]; fields: Field[]; start: { row: number; column: number }; onClose: () => void; onDone: () => void }

/** The server's words for cells, by "row/field". */
function cellProblems(error: unknown): Map<string, string> {
  const places = error instanceof Problem ? error.places : [];
  return new Map(places.map((place) => { const [, , row, what, field] = place.pointer.split('/'); return [what === 'values' ? `${row}/${field}` : `${row}/`, place.detail] as const; }));
}

function Preview({ landing, problems }: { landing: Landing; problems: Map<string, string> }) {
  const { t } = useTranslation(['monitoring']);
  const { words } = useFields();
  return (
    <div className="oko-scroll" style={{ maxHeight: 380, overflowY: 'auto' }} tabIndex={0} role="region" aria-label={t('paste.preview')}>
      <table className="oko-paste">
        <thead><tr><th scope="col">{t('column.unit')}</th>{landing.fields.map((field) => <th key={field.code} scope="col">{words(field).title}</th>)}</tr></thead>
        <tbody>
          {landing.rows.map((row, i) => (
            <tr key={row.form.form}>
              <th scope="row">{row.form.unit_name}{problems.has(`${i}/`) && <small>{problems.get(`${i}/`)}</small>}</th>
              {landing.fields.map((field) => {
                const cell = row.cells.find((one) => one.field.code === field.code);
                const why = cell?.value === undefined && cell ? t(`unread.${field.type}`) : problems.get(`${i}/${field.code}`);
                return <td key={field.code} data-bad={why !== undefined}>{cell ? cell.text || t('answer.empty') : ''}{why && <small>{why}</small>}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A block of a spreadsheet for many forms: what goes where and what stands in the way, before anything is written. */
export function PasteIntoTable({ campaign, text, page, fields, start, onClose, onDone }: Props) {
  const { t } = useTranslation(['monitoring', 'app']);
  const { words } = useFields();
  const [block, setBlock, draft] = useDraft(`paste.${campaign}`, text);
  const still = useLater(block, 300);
  const forms = $api.useQuery('get', '/campaigns/{id}/forms', { params: { path: { id: campaign }, query: { level: 'school', limit: 1000 } } });
  const landing = useMemo(() => (still.trim() === '' || !forms.data ? null : land(cellsOf(still), forms.data.items, page, fields, words, start)), [still, forms.data, page, fields, words, start]);
  const placed = landing !== null && landing.rows.length > 0;
  const check = $api.useQuery('post', '/campaigns/{id}/values', { params: { path: { id: campaign } }, body: placed ? bodyOf(landing, true) : { rows: [], check: true } }, { enabled: placed, staleTime: 0, gcTime: 0 });
  const write = $api.useMutation('post', '/campaigns/{id}/values');
  const unread = landing ? unreadIn(landing) : 0;
  const problems = cellProblems(check.error);
  const bad = unread + problems.size;
  const ready = placed && bad === 0 && check.isSuccess;
  const take = () => landing && write.mutate({ params: { path: { id: campaign } }, body: bodyOf(landing, false) }, {
    onSuccess: (answer) => { draft.forget(); toast.success(t('paste.done', { count: answer.changed })); onDone(); },
  });
  return (
    <Modal open width={900} title={t('paste.title')} okText={t('paste.take')} cancelText={t('app:cancel')} okButtonProps={{ disabled: !ready }} confirmLoading={write.isPending} onOk={take} onCancel={onClose}>
      <div className="oko-stack">
        {text === '' && (
          <>
            <p>{t('paste.how')}</p>
            <DraftNotice draft={draft} />
            <Input.TextArea aria-label={t('paste.area')} placeholder={t('paste.area')} autoSize={{ minRows: 3, maxRows: 6 }} value={block} onChange={(event) => setBlock(event.target.value)} />
          </>
        )}
        {placed && !check.isPending && (
          <Alert showIcon type={bad > 0 ? 'error' : 'success'} role="status" title={bad > 0 ? t('paste.bad-cells', { count: bad }) : t('paste.good-forms', { count: landing.rows.length })} />
        )}
        {landing && landing.lost.length > 0 && <Alert showIcon type="warning" title={t('paste.lost', { count: landing.lost.length })} description={landing.lost.slice(0, 5).join('; ')} />}
        {landing && landing.rows.length === 0 && <Alert showIcon type="warning" title={t('paste.none')} />}
        <ProblemAlert error={write.error ?? (check.error instanceof Problem && check.error.places.length > 0 ? null : check.error)} />
        {placed && <Preview landing={landing} problems={problems} />}
      </div>
    </Modal>
  );
}
