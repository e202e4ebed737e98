import { Alert, Button, Select, Typography } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { NextStep } from '../../parts/NextStep';
import { useCauses } from '../../parts/lists';
import type { Head } from '../../parts/records';
import { MeasureDrawer } from '../measures/MeasureDrawer';
import type { CasePageData } from './CasePage';

interface Chosen { id?: string; value?: string; onChange?: (code: string) => void }

/** Cause from the classifier: those that fit the family of the sign come first. */
function CauseField({ family, ...rest }: Chosen & { family: string }) {
  const { t } = useTranslation('cases');
  const { causes, name } = useCauses();
  const group = (fits: boolean) => causes.filter((cause) => cause.families.includes(family) === fits).map((cause) => ({ value: cause.code, label: name(cause.code) }));
  return (
    <Select {...rest} showSearch={{ optionFilterProp: 'label' }} placeholder={t('step.cause')}
      options={[{ label: t('step.causes-fit'), options: group(true) }, { label: t('step.causes-other'), options: group(false) }]} />
  );
}

const READY = ['approved', 'sent', 'read', 'answered', 'closed'];

/** The next step of a case, with the fields that only a case has: cause, letter, plan, conclusion. */
export function CaseStep({ page }: { page: CasePageData }) {
  const { t } = useTranslation(['cases', 'records']);
  const keep = useKeep();
  const { name } = useCauses();
  const [adding, setAdding] = useState(false);
  const one = page.case;
  const letters = page.letters.filter((letter) => READY.includes(letter.state));
  const plan = page.measures.filter((measure) => measure.state !== 'cancelled' && measure.unit === one.unit);
  const found = (one.body.effect_facts as { verdict?: string } | undefined)?.verdict ?? 'no_data';
  const proposed = one.body.cause;
  const write = <Link to={keep('/recommendations/new', { case: one.id })}>{t('step.write-letter')}</Link>;
  return (
    <>
      <NextStep kind="case" record={one as Head}
        inputs={{
          cause: <CauseField family={one.body.sign ?? ''} />,
          recommendation: <Select options={letters.map((letter) => ({ value: letter.id, label: [letter.body.number, letter.title].filter(Boolean).join(' — ') }))} notFoundContent={t('step.no-letter')} />,
          measures: <Select mode="multiple" options={plan.map((measure) => ({ value: measure.id, label: measure.title }))} notFoundContent={t('step.no-measures')} />,
          effect: <Select options={[{ value: found, label: t(`records:choice.${found}`) }]} />,
        }}
        start={{ 'submit-plan': { measures: plan.map((measure) => measure.id) }, conclude: { effect: found }, 'agree-cause': proposed ? { cause: proposed } : {}, recommend: letters.length === 1 ? { recommendation: letters[0].id } : {} }}
        lead={{
          confirm: <Typography.Paragraph>{t('step.lead.confirm')}</Typography.Paragraph>,
          explain: <Typography.Paragraph>{t('step.lead.explain')}</Typography.Paragraph>,
          'propose-cause': <Typography.Paragraph>{t('step.lead.propose')}</Typography.Paragraph>,
          'agree-cause': <Typography.Paragraph>{proposed ? t('step.lead.agree', { cause: name(proposed) }) : t('step.lead.agree-none')}</Typography.Paragraph>,
          recommend: letters.length === 0 ? <Alert className="oko-gap" type="info" showIcon title={t('step.lead.recommend')} action={write} /> : <Typography.Paragraph>{write}</Typography.Paragraph>,
          'submit-plan': <div className="oko-gap oko-row"><span>{t('step.lead.plan')}</span><Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('step.add-measure')}</Button></div>,
          report: <Typography.Paragraph>{t('step.lead.report')}</Typography.Paragraph>,
          conclude: <Typography.Paragraph>{t(one.body.effect_facts ? 'step.lead.conclude' : 'step.lead.conclude-none')}</Typography.Paragraph>,
        }} />
      {adding && <MeasureDrawer unit={one.unit} year={one.year ?? undefined} forCase={one.id} advised={page.advice.measures} onClose={() => setAdding(false)} />}
    </>
  );
}
