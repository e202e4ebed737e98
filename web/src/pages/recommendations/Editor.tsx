import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { useCatalogue } from '../../parts/lists';
import { UnitField } from '../../parts/UnitField';
import { BasePicker } from './BasePicker';

/** What is typed of a letter. */
export interface LetterText { unit?: number; subject?: string; addressee?: string; text?: string; measures?: string[]; advice?: number[]; cases?: number[]; sign?: string; cause?: string }

interface Props { value: LetterText; change: (part: LetterText) => void; fixed?: boolean; busy: boolean; onSave: () => void; errors?: Record<string, string>; saveName: string }

const add = <T,>(list: T[] | undefined, more: T[]): T[] => [...new Set([...(list ?? []), ...more])];

/** Writing a letter: to whom, about what, the text with help of the base, the measures that are proposed. */
export function Editor({ value, change, fixed = false, busy, onSave, errors = {}, saveName }: Props) {
  const { t } = useTranslation('recommendations');
  const { measures, name } = useCatalogue();
  const field = (key: string) => ({ validateStatus: errors[key] ? 'error' as const : undefined, help: errors[key] });
  const codes = [...new Set([...measures.map((one) => one.body.code ?? ''), ...(value.measures ?? [])])].filter(Boolean);
  return (
    <div className="oko-two">
      <Form layout="vertical" onFinish={onSave}>
        <Form.Item label={t('edit.unit')} htmlFor="letter-unit" required {...field('unit')}><UnitField id="letter-unit" value={value.unit} disabled={fixed} onChange={(unit) => change({ unit })} /></Form.Item>
        <Form.Item label={t('edit.addressee')} htmlFor="letter-addressee" extra={t('edit.addressee-help')} {...field('addressee')}><Input id="letter-addressee" maxLength={400} value={value.addressee} onChange={(event) => change({ addressee: event.target.value })} /></Form.Item>
        <Form.Item label={t('edit.subject')} htmlFor="letter-subject" {...field('subject')}><Input id="letter-subject" maxLength={400} value={value.subject} onChange={(event) => change({ subject: event.target.value })} /></Form.Item>
        <Form.Item label={t('edit.text')} htmlFor="letter-text" extra={t('edit.text-help')} {...field('text')}><Input.TextArea id="letter-text" autoSize={{ minRows: 8, maxRows: 24 }} maxLength={20000} showCount value={value.text} onChange={(event) => change({ text: event.target.value })} /></Form.Item>
        <Form.Item label={t('edit.measures')} htmlFor="letter-measures" {...field('measures')}>
          <Select id="letter-measures" mode="multiple" value={value.measures ?? []} onChange={(chosen: string[]) => change({ measures: chosen })} showSearch={{ optionFilterProp: 'label' }} options={codes.map((code) => ({ value: code, label: name(code) }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>{saveName}</Button>
      </Form>
      <BasePicker sign={value.sign} cause={value.cause} used={value.advice ?? []}
        onUse={(one) => change({ text: value.text ? `${value.text}\n${one.text}` : one.text, measures: add(value.measures, one.measures), advice: add(value.advice, [one.id]) })} />
    </div>
  );
}
