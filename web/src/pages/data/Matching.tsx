import { Alert, Button, Card, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { Turn } from './Turn';
import { UnmatchedCard } from './UnmatchedCard';
import '../../styles/data.css';

export type Unmatched = Schemas['UnmatchedList']['items'][number];

function ConfirmAll({ total }: { total: number }) {
  const { t } = useTranslation(['data', 'app']);
  const format = useFormat();
  const tell = useTellFailure();
  const confirm = $api.useMutation('post', '/units/confirm');
  const all = () => confirm.mutate({ body: { all: true } }, {
    onSuccess: (done) => toast.success(t('data:match.confirmed', { count: done.confirmed, n: format.number(done.confirmed) })),
    onError: (error) => tell(error),
  });
  return (
    <Popconfirm title={t('data:match.all-sure', { count: total, n: format.number(total) })} description={t('data:match.all-what')} okText={t('data:match.all')} cancelText={t('app:cancel')} onConfirm={all}>
      <Button loading={confirm.isPending}>{t('data:match.all')}</Button>
    </Popconfirm>
  );
}

/** Organisations that files brought and nobody confirmed: each is either new, or one that the register has already. */
export default function Matching() {
  const { t } = useTranslation('data');
  const keep = useKeep();
  const operator = useRole('operator');
  const [search, setSearch] = useSearchParams();
  const paging = usePaging();
  const [typed, setTyped] = useState('');
  const words = useLater(typed.trim(), 250);
  const made = Number(search.get('import')) || undefined;
  const asked = $api.useQuery('get', '/units/unmatched', { params: { query: { import: made, search: words || undefined, limit: PAGE_SIZE, offset: paging.offset } } }, { placeholderData: (old) => old });
  const everything = () => setSearch((old) => { const next = new URLSearchParams(old); next.delete('import'); next.delete('page'); return next; });
  return (
    <>
      <PageHead title={t('page.matching')} what={t('match.what')}>
        {operator && asked.data && asked.data.total > 1 && !made && !words && <ConfirmAll total={asked.data.total} />}
      </PageHead>
      <div className="oko-row oko-gap">
        <Input.Search allowClear value={typed} onChange={(event) => setTyped(event.target.value)} aria-label={t('match.search')} placeholder={t('match.search')} className="oko-search" />
        {made && <Alert type="info" title={<span className="oko-row"><span>{t('match.of-import')} <Link to={keep(`/data/imports/${made}`)}>№ {made}</Link></span><Button size="small" onClick={everything}>{t('match.everything')}</Button></span>} />}
      </div>
      <Loaded of={asked}>
        {(data) => data.total === 0 ? <EmptyState why={t(words || made ? 'match.none-found' : 'match.none')} next={<span className="oko-quiet">{t('match.none-next')}</span>} /> : (
          <div className="oko-stack">
            {data.items.map((one) => <Card key={one.unit.id} size="small"><UnmatchedCard of={one} /></Card>)}
            <Turn total={data.total} paging={paging} />
          </div>
        )}
      </Loaded>
    </>
  );
}
