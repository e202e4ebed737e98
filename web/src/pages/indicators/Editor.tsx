import { AutoComplete, Button, Checkbox, Form, Input, InputNumber, Radio, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { KeptFields } from '../../parts/KeptForm';
import { useKeptForm } from '../../parts/useKeptForm';
import { EMPTY, GROUPS, LEVELS, MEASURES, useAim, type IndicatorBody } from './data';
import { FormulaField, useFormulaCheck } from './FormulaField';
import { TryIt } from './TryIt';
import '../../styles/indicators.css';

export interface Draft { title: string; body: IndicatorBody }
interface Props { place: string; base?: number; start: Draft; year: number; fresh: boolean; onSave: (draft: Draft) => Promise<unknown>; onCancel: () => void }

/** Fields that the formula counts from forms: they must be asked for. */
function collectedBy(variables: string[], known: { code: string }[]): string[] {
  return known.map((field) => field.code).filter((code) => variables.includes(`form_${code}`) || variables.includes(`form_${code}_n`));
}

function Words({ draft }: { draft: Draft }) {
  const { t } = useTranslation(['indicators', 'app']);
  const aim = useAim();
  const levels = (draft.body.levels ?? []).map((level) => t(`app:level.${level}`)).join(', ');
  return (
    <section className="oko-panel" aria-label={t('words.title')}>
      <h2>{t('words.title')}</h2>
      <p><b>{draft.title || t('words.unnamed')}</b></p>
      <p>{t(`direction.${draft.body.direction ?? 'none'}`)}. {t('words.aim', { aim: aim(draft.body, draft.body.unit) })}</p>
      <p>{levels ? t('words.levels', { levels }) : t('words.no-levels')}</p>
    </section>
  );
}

/** An indicator being written: what it is, its formula with checks, where it aims, tried and told in words beside. */
export function Editor({ place, base, start, year, fresh, onSave, onCancel }: Props) {
  const { t, i18n } = useTranslation(['indicators', 'app']);
  const [form] = Form.useForm<Draft>();
  const fields = $api.useQuery('get', '/form-fields', {}, { staleTime: Infinity });
  const kept = useKeptForm<Draft>({ form, place, base, start, onSave: (values) => onSave({ title: values.title, body: { ...EMPTY, ...values.body, collected } }) });
  const draft = (Form.useWatch([], { form, preserve: true }) as Draft | undefined) ?? (kept.initial as Draft);
  const { check, fresh: checked } = useFormulaCheck(draft.body.formula ?? '');
  const needed = { required: true, message: t('app:needed') };
  const collected = collectedBy(check?.variables ?? [], fields.data?.items ?? []);
  const name = (code: string) => { const field = fields.data?.items.find((one) => one.code === code); return field ? field[i18n.language === 'en' ? 'en' : 'ru'] : code; };
  // No `required`: a group of boxes can't carry it for screen readers.
  const someLevel = (_: unknown, levels: string[]) => (levels.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('app:needed'))));
  const goodFormula = () => (check?.valid === false ? Promise.reject(new Error(check.message)) : Promise.resolve());
  return (
    <KeptFields kept={kept} scrollToFirstError requiredMark={false}>
      <div className="oko-columns">
        <div className="oko-stack">
          <section className="oko-panel">
            <Form.Item name="title" label={t('field.title')} rules={[needed]}><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={400} /></Form.Item>
            <Form.Item name={['body', 'name_en']} label={t('field.name-en')}><Input maxLength={400} /></Form.Item>
            <Form.Item name={['body', 'code']} label={t('field.code')} extra={t('field.code-what')} rules={[needed, { pattern: /^[a-z][a-z0-9_]*$/, message: t('field.code-bad') }]}><Input maxLength={64} disabled={!fresh} spellCheck={false} /></Form.Item>
            <Form.Item name={['body', 'group']} label={t('field.group')} rules={[needed]}><Select options={GROUPS.map((group) => ({ value: group, label: t(`group.${group}`) }))} popupMatchSelectWidth={false} /></Form.Item>
          </section>
          <section className="oko-panel">
            <Form.Item name={['body', 'formula']} label={t('field.formula')} extra={t('formula.how')} rules={[needed, { validator: goodFormula }]} validateTrigger="onSubmit"><FormulaField check={check} fresh={checked} /></Form.Item>
            {collected.length > 0 && <p className="oko-quiet">{t('field.collected', { fields: collected.map(name).join('; ') })}</p>}
            <Form.Item name={['body', 'unit']} label={t('field.unit')} rules={[needed]}><AutoComplete options={MEASURES.map((value) => ({ value, label: t(`measure-name.${value}`) }))} /></Form.Item>
          </section>
          <section className="oko-panel">
            <Form.Item name={['body', 'direction']} label={t('field.direction')}><Radio.Group options={(['up', 'down', 'none'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))} vertical /></Form.Item>
            {draft.body.direction !== 'none' && (
              <Space wrap size="large" align="start">
                <Form.Item name={['body', 'target']} label={t('field.target')}><InputNumber decimalSeparator={i18n.language === 'en' ? '.' : ','} /></Form.Item>
                <Form.Item name={['body', 'attention']} label={t('field.attention')} extra={t('field.attention-what')}><InputNumber decimalSeparator={i18n.language === 'en' ? '.' : ','} /></Form.Item>
              </Space>
            )}
            <Form.Item name={['body', 'levels']} label={t('field.levels')} rules={[{ validator: someLevel }]}><Checkbox.Group options={LEVELS.map((value) => ({ value, label: t(`app:level.${value}`) }))} /></Form.Item>
            <Form.Item name={['body', 'source']} label={t('field.source')}><Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} /></Form.Item>
          </section>
          <div className="oko-row">
            <Button type="primary" htmlType="submit" loading={kept.busy}>{t('app:save')}</Button>
            <Button onClick={() => { kept.draft.forget(); onCancel(); }}>{t('app:cancel')}</Button>
            {kept.draft.kept && !kept.draft.restored && <span className="oko-quiet" role="status">{t('draft-kept')}</span>}
          </div>
        </div>
        <div className="oko-stack">
          <Words draft={draft} />
          <TryIt body={draft.body} year={year} valid={check?.valid === true} />
        </div>
      </div>
    </KeptFields>
  );
}
