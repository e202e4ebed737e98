import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../api/client';
import { EmptyState } from './EmptyState';
import type { RecordKind } from './flows';
import { useFormat } from './format';
import { useLater } from './later';
import { Loaded } from './Loaded';
import { useTellFailure } from './ProblemAlert';
import { useLink, useLinks, type Head } from './records';
import { StateTag } from './StateTag';
import { toast } from './toast';

type Found = Schemas['RecordsFound']['items'][number];
const KINDS: readonly RecordKind[] = ['event', 'note', 'recommendation', 'measure', 'form', 'campaign', 'indicator', 'case', 'observation', 'recheck'];

function Results({ search, kind, taken, onPick, busy }: { search: string; kind: string | undefined; taken: Set<number>; onPick: (id: number) => void; busy: number | null }) {
  const { t } = useTranslation(['records', 'app']);
  const format = useFormat();
  const found = $api.useQuery('get', '/records', { params: { query: { search, limit: 30, ...(kind ? { kind } : { kind: KINDS.join(',') }) } } });
  const line = (one: Found) => (
    <li key={one.id}>
      <div>
        <div>{one.title || t(`records:kind.${one.kind}`)} <StateTag kind={one.kind as RecordKind} state={one.state} /></div>
        <div className="oko-quiet">{[t(`records:kind.${one.kind}`), one.unit_name, format.date(one.date)].filter(Boolean).join(' · ')}</div>
      </div>
      <Button size="small" icon={<PlusOutlined />} disabled={taken.has(one.id)} loading={busy === one.id} aria-label={t('app:picker.attach', { name: one.title })} onClick={() => onPick(one.id)}>
        {t(taken.has(one.id) ? 'app:picker.attached' : 'app:picker.go')}
      </Button>
    </li>
  );
  return (
    <Loaded of={found}>
      {(data) => (data.items.length === 0 ? <EmptyState why={t('app:picker.none')} /> : (
        <>
          <p role="status" className="oko-quiet">{t('app:picker.found', { count: data.total })}</p>
          <ul className="oko-found">{data.items.map(line)}</ul>
        </>
      ))}
    </Loaded>
  );
}

/** Finds records by their titles — events, notes, letters, measures … — and attaches them to this one. */
export function RecordPicker({ kind, record, relation = 'evidence' }: { kind: RecordKind; record: Head<object>; relation?: string }) {
  const { t } = useTranslation(['app', 'records']);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [only, setOnly] = useState<string | undefined>();
  const [busy, setBusy] = useState<number | null>(null);
  const search = useLater(typed.trim(), 300);
  const links = useLinks(kind, record.id);
  const link = useLink(kind, record.id);
  const tell = useTellFailure();
  const taken = new Set((links.data?.items ?? []).filter((one) => one.target === 'record' && !one.back).map((one) => one.target_id ?? 0));
  const attach = (id: number) => {
    setBusy(id);
    link.mutate({ relation, target: 'record', id }, { onSuccess: () => toast.success(t('app:picker.done')), onError: (error) => tell(error), onSettled: () => setBusy(null) });
  };
  return (
    <>
      <Button icon={<PlusOutlined />} className="oko-no-print" onClick={() => setOpen(true)}>{t('app:picker.open')}</Button>
      <Modal open={open} width={680} title={t('app:picker.title')} onCancel={() => setOpen(false)} footer={<Button onClick={() => setOpen(false)}>{t('app:close')}</Button>} destroyOnHidden>
        <div className="oko-row">
          <Input.Search autoFocus allowClear value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('app:picker.search')} aria-label={t('app:picker.search')} style={{ flex: '1 1 240px' }} />
          <Select allowClear value={only} onChange={setOnly} placeholder={t('app:picker.any-kind')} aria-label={t('app:picker.kind')} style={{ flex: '0 1 220px' }}
            options={KINDS.map((value) => ({ value, label: t(`records:kind.${value}`) }))} />
        </div>
        <Results search={search} kind={only} taken={taken} onPick={attach} busy={busy} />
      </Modal>
    </>
  );
}
