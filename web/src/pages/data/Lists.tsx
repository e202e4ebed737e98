import { Button, Form, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { useKeep } from '../../app/context';
import { useDraft } from '../../app/drafts';
import { useRole } from '../../app/session';
import { DraftNotice } from '../../parts/DraftNotice';
import { PageHead } from '../../parts/PageHead';
import { DropZone } from './DropZone';
import { ListTable } from './ListTable';
import { QueueCard } from './QueueCard';
import { queue, useQueue } from './queue';
import '../../styles/data.css';

export const KINDS = ['reference', 'external', 'recheck', 'observation', 'medals'] as const;
export type ListKind = (typeof KINDS)[number];

/** A list of schools needs a word from the person: its name, or that it is the reference stratum. */
function AddList({ kind, onClose }: { kind: ListKind; onClose: () => void }) {
  const { t } = useTranslation(['data', 'app']);
  const [title, setTitle, draft] = useDraft('data.list', '');
  const named = kind !== 'external' || title.trim() !== '';
  return (
    <Modal open footer={null} width={620} title={t(`data:lists.add-${kind}`)} onCancel={onClose}>
      <p className="oko-quiet">{t(`data:lists.columns-${kind}`)}</p>
      {kind === 'external' && <DraftNotice draft={draft} />}
      {kind === 'external' && <Form.Item label={t('data:lists.name')} layout="vertical"><Input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} placeholder={t('data:lists.name-example')} /></Form.Item>}
      {named && <DropZone how={kind === 'external' ? { list: title.trim() } : kind === 'reference' ? { reference: true } : {}} onFiles={(files, how) => { queue.add(files, how); draft.forget(); onClose(); }} />}
    </Modal>
  );
}

/** What is known of schools besides their works: the reference stratum, lists from outside, re-checks, observers, medallists. */
export default function Lists() {
  const { t } = useTranslation('data');
  const keep = useKeep();
  const entries = useQueue();
  const operator = useRole('operator');
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const kind = KINDS.find((one) => one === search.get('kind')) ?? 'reference';
  const choose = (to: ListKind) => setSearch((old) => { const next = new URLSearchParams(old); next.set('kind', to); next.delete('page'); return next; });
  return (
    <>
      <PageHead title={t('page.lists')} what={t(`lists.what-${kind}`)}>
        {operator && <Button type="primary" onClick={() => setAdding(true)}>{t(`lists.add-${kind}`)}</Button>}
      </PageHead>
      <div className="oko-gap oko-scroll"><Segmented<ListKind> aria-label={t('lists.kind')} value={kind} onChange={choose} options={KINDS.map((one) => ({ value: one, label: t(`lists.kind-${one}`) }))} /></div>
      {entries.length > 0 && <div className="oko-stack oko-gap">{entries.map((entry) => <QueueCard key={entry.key} entry={entry} />)}<Link to={keep('/data')}>{t('lists.all-loads')}</Link></div>}
      <ListTable kind={kind} />
      {adding && <AddList kind={kind} onClose={() => setAdding(false)} />}
    </>
  );
}
