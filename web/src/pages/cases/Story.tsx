import { Card, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';

import { actionOf } from '../../parts/flows';
import { useFormat } from '../../parts/format';
import { useCauses } from '../../parts/lists';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';

interface Step { action: string; on: string; login?: string; input?: Record<string, unknown> }
const WORDS = ['explanation', 'report', 'comment', 'summary'] as const;

function Said({ step }: { step: Step }) {
  const { t } = useTranslation(['cases', 'records']);
  const format = useFormat();
  const { name } = useCauses();
  const input = step.input ?? {};
  const words = WORDS.filter((key) => typeof input[key] === 'string' && input[key] !== '');
  return (
    <>
      {typeof input.cause === 'string' && <div>{t('records:field.cause')}: {name(input.cause)}</div>}
      {typeof input.effect === 'string' && <div>{t('records:field.effect')}: {t(`records:choice.${input.effect}`)}</div>}
      {typeof input.reason === 'string' && <div>{t('records:field.reason')}: {t(`records:choice.${input.reason}`, { defaultValue: input.reason })}</div>}
      {words.map((key) => <blockquote key={key} className="oko-text">{String(input[key])}</blockquote>)}
      {typeof input.due === 'string' && <div className="oko-quiet">{t('story.due', { date: format.date(input.due) })}</div>}
    </>
  );
}

/** What was done, the newest first: which step, when, by whom, with which words. */
export function Story({ record }: { record: Head }) {
  const { t } = useTranslation(['cases', 'records', 'app']);
  const format = useFormat();
  const steps = ((record.body.steps ?? []) as Step[]).toReversed();
  return (
    <Card title={<h2 className="oko-h2">{t('story.title')}</h2>}>
      <Timeline items={[
        ...steps.map((step, i) => {
          const to = actionOf('case', step.action)?.to;
          return {
            key: `${step.on}-${i}`,
            content: (
              <>
                <div><b>{t(`story.did.${step.action}`, { defaultValue: t(`records:case.action.${step.action}`) })}</b> {to && to !== '' && <StateTag kind="case" state={to} />}</div>
                <div className="oko-quiet">{format.date(step.on)}{step.login && ` · ${step.login}`}</div>
                <Said step={step} />
              </>
            ),
          };
        }),
        { key: 'made', content: <><div><b>{t('story.made')}</b></div><div className="oko-quiet">{format.date(record.created)}</div></> },
      ]} />
    </Card>
  );
}
