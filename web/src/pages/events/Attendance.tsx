import { Alert, Button, Input, InputNumber } from 'antd';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { Loaded } from '../../parts/Loaded';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import type { Event } from './event';
import { useRegistrations, type Registration } from './registrations';

interface Mark { attended: boolean; persons?: number }
type Marks = Record<string, Mark>;

function Line({ one, mark, onMark, onMove }: { one: Registration; mark: Mark | undefined; onMark: (mark: Mark | undefined) => void; onMove: (step: number) => void }) {
  const { t } = useTranslation('events');
  const persons = mark?.persons ?? one.body.persons ?? 1;
  const press = (event: KeyboardEvent<HTMLLIElement>) => {
    const typing = (event.target as HTMLElement).tagName === 'INPUT';
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') onMove(event.key === 'ArrowDown' ? 1 : -1);
    else if (!typing && (event.key === '+' || event.key === '=')) { onMark({ attended: true, persons }); onMove(1); }
    else if (!typing && event.key === '-') { onMark({ attended: false }); onMove(1); }
    else if (!typing && event.key === 'Backspace') onMark(undefined);
    else return;
    event.preventDefault();
  };
  const said = mark === undefined ? t('attendance.unknown') : t(mark.attended ? 'attendance.came' : 'attendance.missed');
  return (
    <li className="oko-came" data-mark={mark === undefined ? '' : mark.attended ? 'yes' : 'no'} onKeyDown={press}>
      <span className="oko-came-name" tabIndex={0} role="group" aria-label={`${one.unit_name}: ${said}`}>{one.unit_name}</span>
      <span className="oko-quiet">{said}</span>
      <InputNumber size="small" min={1} max={1000} precision={0} value={persons} disabled={mark?.attended === false} aria-label={t('attendance.persons', { name: one.unit_name })} onChange={(value) => onMark({ attended: true, persons: value ?? 1 })} keyboard={false} />
      <Button size="small" type={mark?.attended ? 'primary' : 'default'} aria-pressed={mark?.attended === true} onClick={() => onMark({ attended: true, persons })}>{t('attendance.yes')}</Button>
      <Button size="small" aria-pressed={mark?.attended === false} onClick={() => onMark({ attended: false })}>{t('attendance.no')}</Button>
    </li>
  );
}

/** Who came, one key an organisation: «+» came, «-» did not, arrows move. All is saved at once; until then it is kept here. */
export function Attendance({ event, onDone }: { event: Event; onDone: () => void }) {
  const { t } = useTranslation(['events', 'app']);
  const asked = useRegistrations(event.id, 1000, 0);
  const [marks, setMarks, draft] = useDraft<Marks>(`attendance.${event.id}`, {});
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const save = $api.useMutation('post', '/events/{id}/attendance');
  const tell = useTellFailure();
  const shown = useMemo(() => (asked.data?.items ?? []).filter((one) => one.state !== 'withdrawn' && (one.unit_name ?? '').toLowerCase().includes(typed.trim().toLowerCase())), [asked.data, typed]);
  const move = (from: number, step: number) => list.current?.querySelectorAll<HTMLElement>('.oko-came-name')[from + step]?.focus();
  const markOf = (one: Registration): Mark | undefined => marks[one.unit] ?? (one.state === 'attended' ? { attended: true, persons: one.body.persons } : one.state === 'absent' ? { attended: false } : undefined);
  const put = (unit: number, mark: Mark | undefined) => { const next = { ...marks }; if (mark) next[unit] = mark; else delete next[unit]; setMarks(next); };
  const rows = Object.entries(marks).map(([unit, mark]) => ({ unit: Number(unit), attended: mark.attended, ...(mark.attended && mark.persons ? { persons: mark.persons } : {}) }));
  const send = () => save.mutate({ params: { path: { id: event.id } }, body: { rows } }, {
    onSuccess: ({ changed }) => { draft.forget(); toast.success(t('events:attendance.saved', { count: changed })); onDone(); },
    onError: (error) => tell(error),
  });
  return (
    <Loaded of={asked}>
      {() => (
        <>
          <p className="oko-quiet">{t('events:attendance.keys')}</p>
          {draft.kept && rows.length > 0 && <Alert type="info" showIcon title={t('events:attendance.unsaved', { count: rows.length })} className="oko-gap" />}
          <Input.Search allowClear value={typed} onChange={(change) => setTyped(change.target.value)} placeholder={t('events:attendance.search')} aria-label={t('events:attendance.search')}
            onKeyDown={(key) => { if (key.key === 'ArrowDown') { key.preventDefault(); move(-1, 1); } }} style={{ maxWidth: 320 }} />
          <ul className="oko-attendance" ref={list}>
            {shown.map((one, i) => <Line key={one.id} one={one} mark={markOf(one)} onMark={(mark) => put(one.unit, mark)} onMove={(step) => move(i, step)} />)}
          </ul>
          <Button type="primary" disabled={rows.length === 0} loading={save.isPending} onClick={send}>{t('events:attendance.save', { count: rows.length })}</Button>
        </>
      )}
    </Loaded>
  );
}
