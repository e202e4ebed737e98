import { DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { flowOf, type FlowAction, type RecordKind } from './flows';

const LONG = new Set(['comment', 'reason', 'summary', 'explanation', 'report', 'answer', 'measures']);
const DATES = new Set(['due', 'date', 'held_on', 'done_on']);
const NUMBERS = new Set(['participants', 'checked', 'up', 'down', 'works', 'persons']);

/** Field of an action that the kind draws itself, e.g. a cause from the classifier. */
export type FieldInputs = Record<string, ReactNode>;
export type Values = Record<string, unknown>;

/** What an action asks for: what it needs, what it takes, and the deadline that it sets. */
export const fieldsOf = (action: FlowAction): string[] =>
  [...new Set([...(action.requires ?? []), ...(action.allows ?? []), ...(action.sets_due ? [action.sets_due] : [])])];

/** Values of the form as the server takes them; what is empty is left out. */
export const plain = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => [key, dayjs.isDayjs(value) ? (value as Dayjs).format('YYYY-MM-DD') : value]));

/** For forms with dates: Enter in a calendar takes the day, and does not send the form. */
export function keepDates(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter' && (event.target as HTMLElement).closest('.ant-picker')) event.preventDefault();
}

function inputFor(field: string, action: FlowAction, t: (key: string) => string, inputs: FieldInputs): ReactNode {
  if (inputs[field]) return inputs[field];
  const choices = action.choices?.[field];
  if (choices) return <Select options={choices.map((value) => ({ value, label: t(`choice.${value}`) }))} />;
  if (DATES.has(field)) return <DatePicker format="DD.MM.YYYY" />;
  if (NUMBERS.has(field)) return <InputNumber min={0} precision={0} />;
  return LONG.has(field) ? <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4000} showCount /> : <Input maxLength={400} />;
}

/** The fields of an action, inside of a Form: exactly what it needs, with the deadline that comes by itself told. */
export function ActionFields({ kind, action, inputs = {} }: { kind: RecordKind; action: FlowAction; inputs?: FieldInputs }) {
  const { t } = useTranslation(['records', 'app']);
  const needed = action.requires ?? [];
  const days = flowOf(kind).due_days?.[action.to];
  return fieldsOf(action).map((field) => (
    <Form.Item key={field} name={field} label={t(`records:field.${field}`)} rules={[{ required: needed.includes(field), message: t('app:needed') }]}
      extra={field === action.sets_due && !needed.includes(field) && days ? t('records:field.due-itself', { count: days }) : undefined}>
      {inputFor(field, action, (key) => t(`records:${key}`), inputs)}
    </Form.Item>
  ));
}
