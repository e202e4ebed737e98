import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Checkbox, Input, Radio, Select } from 'antd';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { Unreachable } from '../../api/problem';
import { wire } from '../../api/wire';
import { useDraft } from '../../app/drafts';
import { DraftNotice } from '../../parts/DraftNotice';
import { useRemarkKinds } from '../../parts/lists';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useAct } from '../../parts/records';
import { toast } from '../../parts/toast';

interface Remark { kind?: string; text: string }
interface Protocol { begin: string; end: string; found: 'none' | 'remarks' | null; remarks: Remark[]; video: boolean; waiting: boolean }
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

function faultOf(value: Protocol): string | null {
  if (!CLOCK.test(value.begin) || !CLOCK.test(value.end)) return 'clock';
  if (value.end <= value.begin) return 'order';
  if (value.found === null) return 'found';
  if (value.found === 'remarks' && (value.remarks.length === 0 || value.remarks.some((one) => one.text.trim() === ''))) return 'remarks';
  return null;
}

function Remarks({ value, change }: { value: Remark[]; change: (remarks: Remark[]) => void }) {
  const { t } = useTranslation(['observations', 'app']);
  const kinds = useRemarkKinds();
  const set = (i: number, part: Partial<Remark>) => change(value.map((one, k) => (k === i ? { ...one, ...part } : one)));
  return (
    <div className="oko-stack">
      {value.map((one, i) => (
        <Card size="small" key={i} title={t('protocol.remark', { n: i + 1 })}
          extra={<Button type="text" icon={<DeleteOutlined />} aria-label={t('protocol.remove', { n: i + 1 })} onClick={() => change(value.filter((_, k) => k !== i))} />}>
          <Select className="oko-wide oko-gap" aria-label={t('protocol.kind')} placeholder={t('protocol.kind')} value={one.kind} onChange={(kind) => set(i, { kind })} options={kinds.map((kind) => ({ value: kind.code, label: kind.name }))} />
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} aria-label={t('protocol.text')} placeholder={t('protocol.text')} value={one.text} onChange={(event) => set(i, { text: event.target.value })} />
        </Card>
      ))}
      <Button block icon={<PlusOutlined />} onClick={() => change([...value, { text: '' }])}>{t('protocol.add')}</Button>
      <p className="oko-quiet">{t('protocol.no-names')}</p>
    </div>
  );
}

/** An observer's protocol on a phone: begin and end, nothing found or a list; kept on the phone until the server has it. */
export function ProtocolForm({ visit }: { visit: Schemas['Observation'] }) {
  const { t } = useTranslation(['observations', 'app']);
  const act = useAct('observation', visit.id);
  const tell = useTellFailure();
  const online = useSyncExternalStore(wire.onOnline, () => wire.online);
  const old = visit.body.protocol;
  const [value, setValue, draft] = useDraft<Protocol>(`protocol.${visit.id}`, {
    begin: old?.begin ?? visit.body.begin ?? '', end: old?.end ?? visit.body.end ?? '', found: old ? (old.none ? 'none' : 'remarks') : null,
    remarks: (old?.remarks ?? []).map(({ kind, text }) => ({ kind, text })), video: old?.video ?? false, waiting: false,
  });
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<Protocol>) => { setFault(null); setValue({ ...value, waiting: false, ...part }); };
  const send = () => {
    const wrong = faultOf(value);
    if (wrong) { setFault(wrong); return; }
    const protocol = { date: visit.body.date, begin: value.begin, end: value.end, video: value.video, none: value.found === 'none', remarks: value.found === 'remarks' ? value.remarks : [] };
    act.mutate({ action: 'hold', input: { protocol }, version: visit.version }, {
      onSuccess: () => { draft.forget(); toast.success(t('protocol.sent')); },
      onError: (error) => { if (error instanceof Unreachable) setValue({ ...value, waiting: true }); else { setValue({ ...value, waiting: false }); tell(error); } },
    });
  };
  const latest = useRef(send);
  latest.current = send;
  // What was pressed without a connection goes out by itself when the connection is back.
  useEffect(() => { if (online && value.waiting) latest.current(); }, [online, value.waiting]);
  return (
    <form className="oko-protocol oko-stack" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {!value.waiting && <DraftNotice draft={draft} />}
      <div className="oko-row">
        <label>{t('edit.begin')}<Input inputMode="numeric" maxLength={5} className="oko-clock" value={value.begin} onChange={(event) => change({ begin: event.target.value })} /></label>
        <label>{t('edit.end')}<Input inputMode="numeric" maxLength={5} className="oko-clock" value={value.end} onChange={(event) => change({ end: event.target.value })} /></label>
      </div>
      <Radio.Group value={value.found} onChange={(event) => change({ found: event.target.value as Protocol['found'], remarks: event.target.value === 'remarks' && value.remarks.length === 0 ? [{ text: '' }] : value.remarks })} aria-label={t('protocol.found')}>
        <Radio value="none" className="oko-big-choice">{t('protocol.none')}</Radio>
        <Radio value="remarks" className="oko-big-choice">{t('protocol.some')}</Radio>
      </Radio.Group>
      {value.found === 'remarks' && <Remarks value={value.remarks} change={(remarks) => change({ remarks })} />}
      <Checkbox checked={value.video} onChange={(event) => change({ video: event.target.checked })}>{t('protocol.video')}</Checkbox>
      {fault && <Alert type="error" showIcon role="alert" title={t(`protocol.fault.${fault}`)} />}
      {value.waiting && <Alert type="warning" showIcon role="status" title={t('protocol.waiting')} />}
      {!value.waiting && draft.kept && !draft.restored && <p className="oko-quiet" role="status">{t('protocol.kept')}</p>}
      <Button type="primary" size="large" block htmlType="submit" loading={act.isPending}>{t('protocol.send')}</Button>
    </form>
  );
}
