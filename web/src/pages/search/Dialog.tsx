import '../../styles/admin.css';

import { Input, Modal, type InputRef } from 'antd';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api } from '../../api/client';
import { useMe } from '../../app/session';
import { useLater } from '../../parts/later';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { targetOf, type Group, type Item } from './targets';

interface Row { kind: Group['kind']; item: Item }
const LEAST = 2;

function useFound(typed: string) {
  const q = useLater(typed.trim(), 250);
  const asked = $api.useQuery('get', '/search', { params: { query: { q } } }, { enabled: q.length >= LEAST, placeholderData: (old) => old });
  return { q, asked, groups: q.length >= LEAST ? asked.data?.groups ?? [] : [] };
}

function Found({ item, kind }: Row) {
  const { t } = useTranslation(['records', 'app']);
  const what = kind === 'unit' ? t(`app:level.${item.state}`) : kind === 'user' ? t(`app:role.${item.detail}`) : item.state ? t(`records:${kind}.state.${item.state}`, { defaultValue: item.state }) : '';
  const beside = kind === 'unit' && item.detail ? item.detail : '';
  const parts = [what, kind === 'unit' || kind === 'user' || kind === 'procedure' ? item.code : '', beside, item.unit_name && !item.title.includes(item.unit_name) ? item.unit_name : '', kind !== 'procedure' && item.year ? String(item.year) : ''];
  return <>{item.title || item.code}<small>{parts.filter(Boolean).join(' · ')}</small></>;
}

/** «/»: everything that has a name and that the person may see, chosen with the arrows. */
export default function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['search', 'records', 'app']);
  const me = useMe();
  const navigate = useNavigate();
  const id = useId();
  const field = useRef<InputRef>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const { q, asked, groups } = useFound(typed);
  const rows = useMemo<Row[]>(() => groups.flatMap((group) => group.items.map((item) => ({ kind: group.kind, item }))), [groups]);
  useEffect(() => setAt(0), [q]);
  const go = ({ kind, item }: Row) => {
    const { to, file } = targetOf(kind, item, me.role);
    onClose();
    if (file) location.assign(file);
    else if (to) void navigate(to);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && rows.length > 0) {
      event.preventDefault();
      const next = (at + step + rows.length) % rows.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && rows[at]) go(rows[at]);
  };
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const status = q.length < LEAST ? t('hint') : asked.isFetching && !asked.data ? t('searching') : rows.length === 0 && !asked.isFetching ? t('none') : t('found', { count: total });
  let n = 0;
  return (
    <Modal open={open} onCancel={onClose} footer={<span className="oko-quiet">{t('keys')}</span>} title={t('title')} width={680} destroyOnHidden afterOpenChange={(shown) => { if (shown) field.current?.focus(); }}>
      <Input ref={field} autoFocus allowClear size="large" value={typed} role="combobox" aria-label={t('field')} aria-expanded={rows.length > 0} aria-controls={`${id}-list`} aria-activedescendant={rows[at] ? `${id}-${at}` : undefined}
        placeholder={t('field')} onChange={(event) => setTyped(event.target.value)} onKeyDown={press} maxLength={100} />
      <p className="oko-quiet" role="status">{status}</p>
      {asked.error && q.length >= LEAST ? <ProblemAlert error={asked.error} /> : null}
      <div id={`${id}-list`} role={rows.length > 0 ? 'listbox' : undefined} aria-label={rows.length > 0 ? t('title') : undefined} className="oko-hits">
        {groups.map((group) => (
          <div key={group.kind} role="group" aria-label={t(`kind.${group.kind}`)}>
            <h3 role="presentation">{group.total > group.items.length ? t('more', { kind: t(`kind.${group.kind}`), shown: group.items.length, total: group.total }) : t(`kind.${group.kind}`)}</h3>
            {group.items.map((item) => {
              const place = n++;
              return (
                <div key={`${item.id}/${item.code}`} id={`${id}-${place}`} role="option" aria-selected={place === at} onMouseMove={() => setAt(place)} onClick={() => go({ kind: group.kind, item })}>
                  <Found kind={group.kind} item={item} />
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </Modal>
  );
}
