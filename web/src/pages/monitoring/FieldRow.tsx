import { Button, Input, Radio } from 'antd';
import { useId, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { isBlock } from './cells';
import type { Field, Value, Words } from './data';
import type { Filling } from './useFilling';
import { shownAs } from './useFilling';

interface Props { field: Field; words: Words; filling: Filling; missing: boolean; onPaste: (text: string) => void; onNext: (back: boolean) => void }

function Clash({ field, theirs, filling }: { field: Field; theirs: Value; filling: Filling }) {
  const { t } = useTranslation(['monitoring']);
  const said = (text: string) => (text === 'yes' || text === 'no' ? t(`answer.${text}`) : text || t('answer.empty'));
  return (
    <>
      <span>{t('clash.what')}</span>
      <Button size="small" onClick={() => filling.settle(field.code, true)}>{t('clash.mine', { value: said(filling.text(field.code)) })}</Button>
      <Button size="small" onClick={() => filling.settle(field.code, false)}>{t('clash.theirs', { value: said(shownAs(theirs)) })}</Button>
    </>
  );
}

/** One field: its name, what counts, its input, and what is wrong with it right there. */
export function FieldRow({ field, words, filling, missing, onPaste, onNext }: Props) {
  const { t } = useTranslation(['monitoring', 'app']);
  const id = useId();
  const text = filling.text(field.code);
  const problem = filling.problems[field.code];
  const clash = field.code in filling.clashes;
  const said = problem === 'unread' ? t(`unread.${field.type}`) : problem ?? (missing && text === '' ? t('form.missing') : '');
  const bad = said !== '' || clash;
  const press = (event: KeyboardEvent) => { if (event.key === 'Enter') { event.preventDefault(); onNext(event.shiftKey); } };
  const paste = (event: ClipboardEvent) => {
    const block = event.clipboardData.getData('text');
    if (isBlock(block)) { event.preventDefault(); onPaste(block); }
  };
  const described = `${id}-about ${id}-said`;
  return (
    <div className="oko-field" data-bad={bad} data-part={field.of !== undefined} data-field={field.code}>
      <div>
        {field.type === 'count' ? <label htmlFor={id}>{words.title}</label> : <span className="oko-field-name" id={`${id}-name`}>{words.title}</span>}
        <div className="oko-field-about" id={`${id}-about`}>{words.about}</div>
      </div>
      <div className="oko-field-input">
        {field.type === 'count' ? (
          <>
            <Input id={id} inputMode="numeric" autoComplete="off" maxLength={20} value={text} status={bad ? 'error' : undefined} aria-invalid={bad} aria-describedby={described}
              onChange={(event) => filling.type({ [field.code]: event.target.value })} onBlur={() => void filling.flush()} onKeyDown={press} onPaste={paste} />
            <span className="oko-quiet">{words.unit}</span>
          </>
        ) : (
          <>
            <Radio.Group aria-labelledby={`${id}-name`} aria-describedby={described} value={text || null} onChange={(event) => filling.type({ [field.code]: String(event.target.value) })}
              options={[{ value: 'yes', label: t('answer.yes') }, { value: 'no', label: t('answer.no') }]} />
            {text !== '' && <Button size="small" type="text" onClick={() => filling.type({ [field.code]: '' })} aria-label={t('answer.clear-of', { title: words.title })}>{t('answer.clear')}</Button>}
          </>
        )}
      </div>
      <div className="oko-field-said" id={`${id}-said`} role={bad ? 'alert' : undefined} hidden={!bad}>
        {clash ? <Clash field={field} theirs={filling.clashes[field.code]} filling={filling} /> : said}
      </div>
    </div>
  );
}
