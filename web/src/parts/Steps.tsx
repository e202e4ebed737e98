import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';

import { useFormat } from './format';
import type { RecordKind } from './flows';
import type { Head } from './records';

export interface Step { action: string; on: string; login: string; words: string }

/** What was done with a record, from its body. */
export function stepsOf(record: Head<object>): Step[] {
  const steps = (record.body as { steps?: { action: string; on: string; login?: string; input?: Record<string, unknown> }[] }).steps ?? [];
  return steps.map((step) => {
    const said = ['comment', 'explanation', 'report', 'summary', 'answer', 'reason'].map((key) => step.input?.[key]).find((value) => typeof value === 'string');
    return { action: step.action, on: step.on, login: step.login ?? '', words: typeof said === 'string' ? said : '' };
  });
}

/** The way of a record: which action, which day, by whom, with which words. */
export function Steps({ kind, record }: { kind: RecordKind; record: Head<object> }) {
  const { t } = useTranslation(['records', 'app']);
  const format = useFormat();
  const steps = stepsOf(record);
  if (steps.length === 0) return <p className="oko-quiet">{t('app:no-steps')}</p>;
  return (
    <Timeline items={[...steps].reverse().map((step, i) => ({
      key: `${step.on}-${i}`,
      content: (
        <>
          <div><b>{t(`records:${kind}.action.${step.action}`)}</b> <span className="oko-quiet">{format.date(step.on)}{step.login && ` · ${step.login}`}</span></div>
          {step.words && <div>{t(`records:choice.${step.words}`, { defaultValue: step.words })}</div>}
        </>
      ),
    }))} />
  );
}
