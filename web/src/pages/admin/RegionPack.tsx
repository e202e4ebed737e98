import { Alert, Button, Checkbox, Form, Input, InputNumber, Timeline } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useDraft } from '../../app/drafts';
import { useRole } from '../../app/session';
import { DraftNotice } from '../../parts/DraftNotice';
import { useFormat } from '../../parts/format';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

type Details = Schemas['PackDetails'];
type Values = Record<string, Record<string, number>>;
const valuesOf = (details: Details, which: 'value' | 'builtin'): Values =>
  Object.fromEntries(details.rules.map((rule) => [rule.rule, Object.fromEntries(rule.params.map((param) => [param.name, param[which] ?? param.value]))]));

function Rule({ rule, values, onChange, may }: { rule: Details['rules'][number]; values: Record<string, number>; onChange: (name: string, value: number) => void; may: boolean }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  return (
    <div>
      <h3 className="oko-h3">{rule.title}</h3>
      <p className="oko-quiet">{rule.what}</p>
      <div className="oko-fields">
        {rule.params.map((param) => (param.whole && param.max === 1 ? (
          <Form.Item key={param.name}><Checkbox disabled={!may} checked={values[param.name] === 1} onChange={(event) => onChange(param.name, event.target.checked ? 1 : 0)}>{t(`rules.param.${param.name}`, { defaultValue: param.name })}</Checkbox></Form.Item>
        ) : (
          <Form.Item key={param.name} label={t(`rules.param.${param.name}`, { defaultValue: param.name })} htmlFor={`${rule.rule}-${param.name}`}
            extra={t('rules.between', { min: format.number(param.min), max: format.number(param.max), builtin: format.number(param.builtin) })}>
            <InputNumber id={`${rule.rule}-${param.name}`} disabled={!may} value={values[param.name]} min={param.min ?? undefined} max={param.max ?? undefined} precision={param.whole ? 0 : undefined} onChange={(value) => { if (value !== null) onChange(param.name, value); }} />
          </Form.Item>
        )))}
      </div>
    </div>
  );
}

function History({ details }: { details: Details }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  return (
    <>
      <h3 className="oko-h3">{t('rules.history')}</h3>
      {details.history.length === 0 ? <p className="oko-quiet">{t('rules.history-none')}</p> : (
        <Timeline items={details.history.map((one) => ({
          content: (
            <div key={one.version}>
              <div>{one.title}</div>
              <div className="oko-quiet">{format.time(one.updated)} · {one.by || t('rules.nobody')}</div>
              <div className="oko-quiet">{one.rules.flatMap((rule) => Object.entries(rule.params as Record<string, number>).map(([name, value]) => `${t(`rules.param.${name}`, { defaultValue: name })}: ${format.number(value)}`)).join(' · ')}</div>
            </div>
          ),
        }))} />
      )}
    </>
  );
}

/** Thresholds of the region's own pack: within their bounds, every version kept. */
export function RegionPack({ details }: { details: Details }) {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  const may = useRole('operator');
  const tries = useRole('operator', 'head', 'auditor');
  const tell = useTellFailure();
  const save = $api.useMutation('put', '/rule-packs/{name}');
  const now = useMemo(() => valuesOf(details, 'value'), [details]);
  const [draft, setDraft, kept] = useDraft('rules', { name: '', values: now }, { base: details.pack.version });
  const set = (rule: string, name: string, value: number) => setDraft({ ...draft, values: { ...draft.values, [rule]: { ...draft.values[rule], [name]: value } } });
  const changed = kept.kept && JSON.stringify(draft.values) !== JSON.stringify(now);
  const go = async () => {
    const rules = details.rules.map(({ rule }) => ({ rule, params: draft.values[rule] }));
    try {
      await save.mutateAsync({ params: { path: { name: 'region' } }, body: { pack: 'region', version: draft.name.trim() || String(details.history.length + 2), rules } as never });
      kept.forget();
      toast.success(t('rules.saved'));
    } catch (error) {
      tell(error);
    }
  };
  return (
    <Form layout="vertical" onFinish={() => void go()}>
      {may && <DraftNotice draft={kept} />}
      {details.rules.map((rule) => <Rule key={rule.rule} rule={rule} values={draft.values[rule.rule] ?? {}} may={may} onChange={(name, value) => set(rule.rule, name, value)} />)}
      {may && changed && !kept.restored && <Alert type="info" showIcon className="oko-gap" title={t('rules.unsaved')} />}
      {may && <Form.Item label={t('rules.name')} htmlFor="pack-name" extra={t('rules.name-what')}><Input id="pack-name" maxLength={24} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} /></Form.Item>}
      <div className="oko-row">
        {may && <Button type="primary" htmlType="submit" disabled={!changed} loading={save.isPending}>{t('rules.save')}</Button>}
        {may && <Button onClick={() => setDraft({ ...draft, values: valuesOf(details, 'builtin') })}>{t('rules.back')}</Button>}
        {tries && <Link to={keep('/analysis/what-if')}>{t('rules.try')}</Link>}
      </div>
      <History details={details} />
    </Form>
  );
}
