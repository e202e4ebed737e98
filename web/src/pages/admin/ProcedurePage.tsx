import '../../styles/admin.css';

import { Alert, Button, Form } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';

import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { useChangeVersioned, useVersioned, type Versioned } from '../../parts/etag';
import { KeptForm } from '../../parts/KeptForm';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { toast } from '../../parts/toast';
import { MARKS, ProcedureFields, type Typed } from './ProcedureForm';
import { cutsOf, nextYear, type Cut, type Procedure } from './procedures';

function startOf(procedure: Partial<Procedure>): Partial<Typed> {
  const cuts = cutsOf({ cutoffs: procedure.cutoffs });
  const marks = cuts.length > 0 ? cuts : MARKS.map((mark): Cut => ({ mark, from: null }));
  return { first_mark: 2, items: [], ...procedure, date: procedure.date ? dayjs(procedure.date) : null, cuts: marks };
}

function bodyOf({ cuts, date, items, ...rest }: Typed): Procedure {
  const set = cuts.filter((cut) => cut.from !== null && cut.from !== undefined);
  return {
    ...rest,
    ...(date ? { date: date.format('YYYY-MM-DD') } : {}),
    ...(items && items.length > 0 ? { items: items.map(({ label, max, level }) => ({ label, max, ...(level ? { level } : {}) })) } : {}),
    ...(set.length > 0 ? { cutoffs: Object.fromEntries(cuts.map((cut) => [String(cut.mark), cut.from])) } : {}),
  };
}

/** An entry of the form; `version` is missing while the code is a new one. */
function Editor({ start, version, from }: { start: Partial<Procedure>; version?: number; from?: string }) {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  const navigate = useNavigate();
  const [form] = Form.useForm<Typed>();
  const operator = useRole('operator');
  const save = useChangeVersioned<Procedure>();
  const known = version !== undefined;
  // Members that the form does not show (gaps, aliases) stay as they are.
  const go = async () => {
    const body = bodyOf({ ...start, ...form.getFieldsValue(true) } as Typed);
    await save.mutateAsync({ path: `/procedures/${body.code}`, method: 'PUT', body, version });
    toast.success(t('procedure.saved'));
    if (!known) await navigate(keep(`/admin/procedures/${body.code}`), { replace: true });
  };
  return (
    <>
      <PageHead title={start.title ?? t('procedure.new')} what={operator ? t('procedure.what') : t('procedure.readonly')} crumbs={[{ title: t('page.procedures'), to: keep('/admin/procedures') }, ...(start.code ? [{ title: start.code }] : [])]}>
        {operator && known && <Link to={keep('/admin/procedures/new', { from: start.code ?? null })}><Button>{t('procedure.copy')}</Button></Link>}
        {operator && <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>{t('procedure.save')}</Button>}
      </PageHead>
      {from && <Alert type="info" showIcon className="oko-gap" title={t('procedure.copied', { code: from })} />}
      <KeptForm<Typed> form={form} place={`procedure.${known ? start.code : `new.${from ?? ''}`}`} base={version} start={startOf(start)} requiredMark={false} disabled={!operator} onSave={go}><ProcedureFields known={known} /></KeptForm>
    </>
  );
}

function Known({ code }: { code: string }) {
  const found = useVersioned<Procedure>(`/procedures/${encodeURIComponent(code)}`);
  return <Loaded of={found}>{(one: Versioned<Procedure>) => <Editor key={one.version} start={one.value} version={one.version} />}</Loaded>;
}

function Copy({ code }: { code: string }) {
  const found = useVersioned<Procedure>(`/procedures/${encodeURIComponent(code)}`);
  return <Loaded of={found}>{(one: Versioned<Procedure>) => <Editor start={nextYear(one.value)} from={code} />}</Loaded>;
}

export default function ProcedurePage() {
  const { code = '' } = useParams();
  const [params] = useSearchParams();
  const from = params.get('from');
  if (code !== 'new') return <Known key={code} code={code} />;
  return from ? <Copy key={from} code={from} /> : <Editor start={{ kind: 'vpr' }} />;
}
