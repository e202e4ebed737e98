import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useDraft } from '../../app/drafts';
import { DraftNotice } from '../../parts/DraftNotice';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { ProblemAlert } from '../../parts/ProblemAlert';
import '../../styles/chart.css';
import '../../styles/region.css';
import { Trial } from './Trial';

type Pack = Schemas['Pack'];
type PackName = 'region' | 'oko';
export type Against = NonNullable<Schemas['PackTry']['against']>;
type Values = Record<string, Record<string, number>>;
const AGAINST: Against[] = ['region', 'fioko-2019', 'oko', 'other', 'external', 'evidence'];
// Of the rule that oko itself has, the threshold of regions says nothing about schools.
const SILENT = ['oko/threshold/p'];
// Numbers that mean yes and no.
const SWITCHES = ['journal'];

const short = (rule: string) => rule.slice(rule.indexOf('/') + 1);

function changed(pack: Pack, values: Values): Values {
  const out: Values = {};
  for (const rule of pack.rules) {
    for (const [name, now] of Object.entries(rule.params as Record<string, number>)) {
      const value = values[short(rule.rule)]?.[name];
      if (value !== undefined && value !== now) out[short(rule.rule)] = { ...out[short(rule.rule)], [name]: value };
    }
  }
  return out;
}

function Thresholds({ pack, values, change }: { pack: Pack; values: Values; change: (values: Values) => void }) {
  const { t } = useTranslation('region');
  const format = useFormat();
  return (
    <>
      {pack.rules.map((rule) => (
        <div key={rule.rule} role="group" aria-labelledby={`rule-${rule.rule}`} className="oko-rule">
          <h3 id={`rule-${rule.rule}`}>{t(`rules.${rule.rule}`)}</h3>
          <div className="oko-params">
            {Object.entries(rule.params as Record<string, number>).filter(([name]) => !SILENT.includes(`${rule.rule}/${name}`)).map(([name, now]) => {
              const id = `${rule.rule}-${name}`;
              const value = values[short(rule.rule)]?.[name] ?? now;
              const put = (to: number | null) => change({ ...values, [short(rule.rule)]: { ...values[short(rule.rule)], [name]: to ?? now } });
              const said = SWITCHES.includes(name) ? t(now === 1 ? 'what-if.on' : 'what-if.off') : format.number(now, 3);
              return (
                <Form.Item key={name} label={t(`params.${short(rule.rule)}.${name}`)} extra={t('what-if.now', { value: said })} htmlFor={id}>
                  {SWITCHES.includes(name) ? <Switch id={id} checked={value === 1} onChange={(on) => put(on ? 1 : 0)} />
                    : <InputNumber id={id} className="oko-filter" step={name === 'q' ? 0.01 : 1} value={value} onChange={put} />}
                </Form.Item>
              );
            })}
          </div>
        </div>
      ))}
    </>
  );
}

function Tried({ pack }: { pack: Pack }) {
  const { t } = useTranslation('region');
  const name = pack.name as PackName;
  const { unit, year, procedure } = useContextBar();
  const [values, change, draft] = useDraft<Values>(`what-if.${name}`, {});
  const [against, setAgainst] = useState<Against>(name);
  const [page, turn] = useState(1);
  const trial = useMutation({
    mutationFn: async (to: number) => {
      const { data } = await api.POST('/rule-packs/{name}/try', {
        params: { path: { name } },
        body: {
          params: changed(pack, values), against, show: 'differs', limit: 50, offset: 50 * (to - 1),
          ...(unit === null ? {} : { unit }), ...(year === null ? {} : { year }), ...(procedure === null ? {} : { procedure }),
        },
      });
      return data!;
    },
  });
  const go = (to: number) => { turn(to); trial.mutate(to); };
  const edits = Object.keys(changed(pack, values)).length > 0;
  return (
    <Form layout="vertical" onFinish={() => go(1)} className="oko-stack">
      <DraftNotice draft={draft} />
      <section className="oko-chart" aria-label={t('what-if.thresholds')}>
        <Thresholds pack={pack} values={values} change={change} />
        <div className="oko-row">
          <label htmlFor="against">{t('what-if.against')}</label>
          <Select id="against" className="oko-filter" value={against} onChange={setAgainst} options={AGAINST.map((value) => ({ value, label: t(`packs.${value}`) }))} />
          <Button type="primary" htmlType="submit" loading={trial.isPending}>{t('what-if.go')}</Button>
          <Button disabled={!edits} onClick={() => { change({}); draft.forget(); }}>{t('what-if.reset')}</Button>
        </div>
      </section>
      {!procedure && <Alert type="info" showIcon title={t('what-if.all-procedures')} />}
      <ProblemAlert error={trial.error} onRetry={() => go(page)} />
      {trial.data && <Trial data={trial.data} page={page} turn={go} />}
    </Form>
  );
}

/** Thresholds tried out: which schools would be marked, beside what is marked now and under other packs. Nothing is saved. */
export default function WhatIf() {
  const { t } = useTranslation('region');
  const [name, choose] = useState<PackName>('region');
  const asked = $api.useQuery('get', '/rule-packs/{name}', { params: { path: { name } } });
  return (
    <>
      <PageHead title={t('page.what-if')} what={t('what-if.what')} />
      <div className="oko-row oko-gap">
        <span id="pack">{t('what-if.pack')}</span>
        <Segmented aria-labelledby="pack" value={name} onChange={(value) => choose(value as PackName)} options={(['region', 'oko'] as const).map((value) => ({ value, label: t(`packs.${value}`) }))} />
      </div>
      <Loaded of={asked}>{(pack) => <Tried key={pack.name} pack={pack} />}</Loaded>
    </>
  );
}
