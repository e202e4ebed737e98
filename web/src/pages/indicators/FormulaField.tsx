import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button, Typography } from 'antd';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useLater } from '../../parts/later';
import { fitting, offersOf, pieceOf, wordBefore, type Offer } from './completion';

export type FormulaCheck = Schemas['FormulaCheck'];

/** What the server says of the formula a quarter of a second after the last key; the last answer stays until the next. */
export function useFormulaCheck(formula: string): { check: FormulaCheck | undefined; fresh: boolean } {
  const still = useLater(formula, 250);
  const asked = $api.useQuery('post', '/indicators/check', { body: { formula: still } }, { staleTime: Infinity, placeholderData: (last) => last, enabled: still.trim() !== '' });
  return { check: still.trim() === '' ? undefined : asked.data, fresh: still === formula && !asked.isPlaceholderData };
}

interface Props { id?: string; value?: string; onChange?: (formula: string) => void; check: FormulaCheck | undefined; fresh: boolean }

function Said({ check, fresh, onTake }: { check: FormulaCheck | undefined; fresh: boolean; onTake: (name: string) => void }) {
  const { t } = useTranslation(['indicators']);
  if (!check) return <span className="oko-quiet">{t('formula.begin')}</span>;
  if (check.valid) return <Typography.Text type="success"><CheckCircleOutlined /> {t('formula.good')}</Typography.Text>;
  return (
    <>
      <Typography.Text type="danger"><ExclamationCircleOutlined /> {check.message}</Typography.Text>
      <span>{check.todo}</span>
      {fresh && (check.alike ?? []).map((name) => <Button key={name} size="small" onClick={() => onTake(name)}><code>{name}</code></Button>)}
    </>
  );
}

/** A formula: checked as it is typed, the faulty piece marked, names offered by code or by what they mean. */
export function FormulaField({ id, value = '', onChange, check, fresh }: Props) {
  const { t, i18n } = useTranslation(['indicators']);
  const field = useRef<HTMLTextAreaElement>(null);
  const moved = useRef<number | null>(null); // where the caret goes once the new text stands
  const listId = useId();
  const said = useId();
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const known = $api.useQuery('get', '/indicators/variables', {}, { staleTime: Infinity });
  const offers = useMemo(() => (known.data ? offersOf(known.data, i18n.language === 'en' ? 'en' : 'ru') : []), [known.data, i18n.language]);
  const { from, word } = wordBefore(value, caret);
  const shown = open ? fitting(offers, word).filter((offer) => offer.insert !== word) : [];
  const chosen = Math.min(at, shown.length - 1);
  const fault = check && !check.valid && fresh && check.offset !== undefined ? pieceOf(value, check.offset, check.length ?? 1) : null;
  useEffect(() => setAt(0), [word]);
  useEffect(() => { document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: 'nearest' }); }, [chosen, listId]);

  useLayoutEffect(() => {
    if (moved.current === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(moved.current, moved.current);
    moved.current = null;
  }, [value]);

  const replace = (begin: number, end: number, text: string) => {
    const next = value.slice(0, begin) + text + value.slice(end);
    onChange?.(next);
    setOpen(false);
    moved.current = begin + text.length;
    setCaret(begin + text.length);
  };
  const take = (offer: Offer) => replace(from, caret, offer.insert);
  const press = (event: KeyboardEvent) => {
    if (event.key === ' ' && event.ctrlKey) { event.preventDefault(); setOpen(true); return; }
    if (shown.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); setAt((chosen + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length); }
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) { event.preventDefault(); take(shown[chosen]); }
    else if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); setOpen(false); }
  };
  return (
    <div>
      <div className="oko-formula">
        <div className="oko-formula-marks" aria-hidden="true">{fault ? <>{value.slice(0, fault.from)}<mark>{value.slice(fault.from, fault.to) || ' '}</mark>{value.slice(fault.to)}</> : value}{' '}</div>
        <textarea
          ref={field} id={id} rows={2} maxLength={2000} spellCheck={false} autoCapitalize="off" autoComplete="off" value={value}
          role="combobox" aria-expanded={shown.length > 0} aria-controls={listId} aria-autocomplete="list" aria-haspopup="listbox"
          aria-activedescendant={shown.length > 0 ? `${listId}-${chosen}` : undefined} aria-invalid={check?.valid === false} aria-describedby={said}
          onChange={(event) => { onChange?.(event.target.value); setCaret(event.target.selectionStart); setOpen(wordBefore(event.target.value, event.target.selectionStart).word !== ''); }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)} onKeyDown={press} onBlur={() => setTimeout(() => setOpen(false), 150)}
        />
        {shown.length > 0 && (
          <ul className="oko-formula-list" role="listbox" id={listId} aria-label={t('formula.offers')}>
            {shown.map((offer, i) => (
              <li key={offer.name} id={`${listId}-${i}`} role="option" aria-selected={i === chosen} onMouseDown={(event) => { event.preventDefault(); take(offer); }}>
                <code>{offer.name}</code><span>{offer.words}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="oko-formula-said" id={said} role="status">
        <Said check={check} fresh={fresh} onTake={(name) => { if (fault) replace(fault.from, fault.to, name); }} />
      </div>
    </div>
  );
}
