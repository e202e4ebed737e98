import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { Due } from '../../parts/Due';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RecordActions } from '../../parts/RecordActions';
import { useRecord } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps, stepsOf } from '../../parts/Steps';
import { useFields } from './data';
import { FormFill } from './FormFill';
import { FormRead } from './FormRead';
import type { Form } from './useFilling';
import '../../styles/indicators.css';
import '../../styles/monitoring.css';

function Notes({ form }: { form: Form }) {
  const { t } = useTranslation(['monitoring']);
  const last = stepsOf(form).at(-1);
  const keep = useKeep();
  const coordinates = useRole('municipal', 'operator');
  const forSchool = coordinates && !form.editable && form.actions.includes('substitute');
  return (
    <>
      {form.state === 'returned' && last?.action === 'return' && <Alert type="warning" showIcon className="oko-gap" title={t('form.returned')} description={last.words} />}
      {form.body.reminded && <Alert type="info" showIcon className="oko-gap" title={t('form.reminded')} />}
      {forSchool && <Alert type="info" showIcon className="oko-gap" title={t('form.for-school')} action={<Link to={keep(`/monitoring/campaigns/${form.body.campaign}/table`, { search: form.unit_code ?? null })}>{t('form.to-table')}</Link>} />}
    </>
  );
}

/** One unit's form of a campaign: filled by those whose it is, looked at and decided on by the others. */
export default function FormPage() {
  const { t } = useTranslation(['monitoring', 'records', 'app']);
  const id = Number(useParams().id);
  const record = useRecord<Form>('form', id);
  const { fields, pending, error, refetch } = useFields();
  return (
    <Loaded of={{ data: pending ? undefined : record.data, error: record.error ?? error, isPending: record.isPending, refetch }}>
      {(form) => {
        const own = fields.filter((field) => (form.body.fields ?? []).includes(field.code));
        return (
          <>
            <PageHead title={form.unit_name || t('page.form')} what={<span className="oko-row"><StateTag kind="form" state={form.state} /> <Due due={form.due ?? ''} overdue={form.overdue ?? false} /></span>}
              crumbs={[{ title: t('page.campaigns'), to: '/monitoring' }, { title: form.title ?? '', to: `/monitoring/campaigns/${form.body.campaign}` }, { title: t('page.form') }]}>
              <RecordActions kind="form" record={form} hide={['submit']} />
              <HistoryDrawer kind="form" id={id} />
            </PageHead>
            <Notes form={form} />
            {form.editable ? <FormFill key={form.id} form={form} fields={own} /> : <FormRead form={form} fields={own} />}
            <section className="oko-panel oko-form-steps" aria-label={t('form.way')}><h2>{t('form.way')}</h2><Steps kind="form" record={form} /></section>
          </>
        );
      }}
    </Loaded>
  );
}
