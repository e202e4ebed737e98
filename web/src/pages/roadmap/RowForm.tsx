import { DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';

import { FormDialog } from '../../parts/FormDialog';
import { LEVELS } from './table';

export interface PlannedRow { no: number; year: number; step: string; due?: string; region?: string; municipality?: string; school?: string }
const STEPS = ['events', 'indicators', 'monitoring', 'analysis', 'recommendations', 'measures', 'other'];
interface Typed extends Omit<PlannedRow, 'due'> { due?: Dayjs | null }

/** One row of a roadmap: what each level does, until when, and which step of the cycle it is. */
export function RowForm({ row, roadmap, base, onSave, onClose }: { row: PlannedRow; roadmap: number; base: number; onSave: (row: PlannedRow) => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation(['roadmap', 'app']);
  const finish = ({ due, ...rest }: Typed) => onSave({ ...rest, ...(due ? { due: due.format('YYYY-MM-DD') } : {}) });
  return (
    <FormDialog<Typed> side place={`roadmap.${roadmap}.row.${row.no}`} base={base} start={{ ...row, due: row.due ? dayjs(row.due) : null }} title={t('roadmap:edit.row', { no: row.no })} ok={t('app:save')} onSave={finish} onClose={onClose}>
        <div className="oko-row">
          <Form.Item name="no" label={t('roadmap:no')} rules={[{ required: true, message: t('app:needed') }]}><InputNumber min={1} precision={0} /></Form.Item>
          <Form.Item name="year" label={t('roadmap:edit.year')} rules={[{ required: true, message: t('app:needed') }]}><InputNumber min={1990} max={2100} precision={0} /></Form.Item>
          <Form.Item name="due" label={t('roadmap:edit.due')}><DatePicker format="DD.MM.YYYY" /></Form.Item>
        </div>
        <Form.Item name="step" label={t('roadmap:edit.step')} extra={t('roadmap:edit.step-why')} rules={[{ required: true, message: t('app:needed') }]}><Select options={STEPS.map((value) => ({ value, label: t(`roadmap:step.${value}`) }))} /></Form.Item>
        {LEVELS.map((level) => (
          <Form.Item key={level} name={level} label={t(`roadmap:level.${level}`)} extra={level === 'region' ? t('roadmap:edit.dash') : undefined}><Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4000} /></Form.Item>
        ))}
    </FormDialog>
  );
}
