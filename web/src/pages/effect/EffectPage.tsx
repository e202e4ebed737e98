import { Alert, Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useRole } from '../../app/session';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { Report } from './Report';
import '../../styles/cases.css';

type Kept = Schemas['KeptEffect'];

function KeptChoice({ items, chosen, choose }: { items: Kept[]; chosen: number | null; choose: (id: number | null) => void }) {
  const { t } = useTranslation('effect');
  const format = useFormat();
  return (
    <Select className="oko-kept" aria-label={t('kept.name')} value={chosen ?? 0} onChange={(id: number) => choose(id === 0 ? null : id)} popupMatchSelectWidth={false}
      options={[{ value: 0, label: t('kept.now') }, ...items.map((one) => ({ value: one.id, label: t('kept.one', { time: format.time(one.created) }) }))]} />
  );
}

function OneKept({ id }: { id: number }) {
  const { t } = useTranslation('effect');
  const format = useFormat();
  const kept = $api.useQuery('get', '/effect-reports/{id}', { params: { path: { id } } });
  return (
    <Loaded of={kept}>
      {(one) => (one.body.report ? (
        <>
          <Alert className="oko-gap" type="info" showIcon title={t('kept.shown', { time: format.time(one.created) })} description={<span className="oko-break">{t('kept.hash', { hash: one.body.sha256 })}</span>} />
          <Report report={one.body.report} />
        </>
      ) : null)}
    </Loaded>
  );
}

function Now({ year, newest }: { year: number; newest: Kept | undefined }) {
  const { t } = useTranslation('effect');
  const now = $api.useQuery('get', '/effects', { params: { query: { year } } });
  return (
    <Loaded of={now}>
      {(report) => (
        <>
          {newest && <p className="oko-quiet oko-gap">{t(newest.body.sha256 === report.sha256 ? 'kept.same' : newest.body.inputs === report.inputs ? 'kept.method' : 'kept.moved')}</p>}
          <Report report={report} />
        </>
      )}
    </Loaded>
  );
}

/** What the measures of a year gave in the next one: helped, did not help, or not enough data; in words. */
export default function EffectPage() {
  const { t } = useTranslation(['effect', 'app']);
  const { year, change } = useContextBar();
  const operator = useRole('operator');
  const [search, setSearch] = useSearchParams();
  const keep = $api.useMutation('post', '/effects');
  const procedures = $api.useQuery('get', '/procedures', { params: { query: { limit: 500 } } }, { staleTime: 300_000 });
  const years = [...new Set((procedures.data?.items ?? []).map((one) => Number(one.code.slice(0, 4))))].filter(Number.isFinite).sort((a, b) => b - a);
  // Only a year whose next one has data can tell anything.
  const ready = years.filter((one) => years.includes(one + 1));
  const shown = year ?? ready[0] ?? years[0];
  const list = $api.useQuery('get', '/effect-reports', { params: { query: { year: shown, limit: 50 } } }, { enabled: shown !== undefined });
  const chosen = Number(search.get('kept') ?? 0) || null;
  const choose = (id: number | null) => setSearch((old) => { const next = new URLSearchParams(old); if (id) next.set('kept', String(id)); else next.delete('kept'); return next; });
  const store = () => shown !== undefined && keep.mutate({ body: { year: shown } }, { onSuccess: () => toast.success(t('kept.done')) });
  return (
    <>
      <PageHead title={shown === undefined ? t('page.all') : t('page.year', { year: shown, next: shown + 1 })} what={t('what')}>
        {year === null && years.length > 1 && <Select aria-label={t('year')} value={shown} options={years.map((one) => ({ value: one, label: String(one) }))} onChange={(to: number) => change({ year: to })} />}
        {(list.data?.items.length ?? 0) > 0 && <KeptChoice items={list.data!.items} chosen={chosen} choose={choose} />}
        {operator && !chosen && <Button type="primary" loading={keep.isPending} onClick={store}>{t('kept.do')}</Button>}
      </PageHead>
      {shown !== undefined && !ready.includes(shown) && procedures.data && <Alert className="oko-gap" type="info" showIcon title={t('early.title', { next: shown + 1 })} description={ready.length > 0 ? t('early.ready', { list: ready.join(', ') }) : t('early.none')} />}
      <ProblemAlert error={keep.error} />
      {chosen ? <OneKept id={chosen} /> : shown !== undefined && <Now year={shown} newest={list.data?.items[0]} />}
    </>
  );
}
