import { CheckCircleFilled, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { pages } from '../../app/routes';
import type { Tasks } from './tasks';

// Where each first step is done.
const PLACES: Record<string, string> = { units: '/data', files: '/data', analysis: '/analysis/runs', indicators: '/indicators', roadmap: '/roadmap', users: '/admin/users' };

/** The way of a new region: what is done, what comes next, why and where. */
export function FirstSteps({ steps }: { steps: Tasks['checklist'] }) {
  const { t } = useTranslation('tasks');
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done)?.code;
  return (
    <section aria-labelledby="first" className="oko-panel oko-gap">
      <h2 id="first">{t('first.title')} <span className="oko-task-n">{t('first.done', { done, count: steps.length })}</span></h2>
      <ol className="oko-steps">
        {steps.map((step, i) => {
          const known = PLACES[step.code];
          const place = pages.find((page) => page.path === known)?.path ?? pages.find((page) => known?.startsWith(page.path) && page.path !== '/')?.path;
          return (
            <li key={step.code} data-next={step.code === next || undefined}>
              <span className="oko-step-no" aria-hidden="true">{step.done ? <CheckCircleFilled /> : i + 1}</span>
              <span>
                <b>{step.text}</b> {step.done && <span className="oko-quiet">{t('first.ready')}</span>}
                {!step.done && <span className="oko-step-why">{step.why}</span>}
                {step.code === next && place && <Link to={place}>{t('first.go')} <RightOutlined aria-hidden /></Link>}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
