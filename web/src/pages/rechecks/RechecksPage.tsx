import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { flowOf } from '../../parts/flows';
import { useFormat } from '../../parts/format';
import { useProcedureTitle } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';
import { RecheckDrawer } from './RecheckDrawer';
import '../../styles/cases.css';

type Recheck = Schemas['Recheck'];

/** Re-checks of works: how many were looked at again, how many marks changed. */
export default function RechecksPage() {
  const { t } = useTranslation(['rechecks', 'records', 'app']);
  const keep = useKeep();
  const format = useFormat();
  const title = useProcedureTitle();
  const { unit, year } = useContextBar();
  const plans = useRole('operator', 'municipal');
  const paging = usePaging();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const state = search.get('state');
  const list = $api.useQuery('get', '/rechecks', { params: { query: { unit: unit ?? undefined, year: year ?? undefined, state: state ?? undefined, sort: '-updated', limit: paging.limit, offset: paging.offset } } });
  return (
    <>
      <PageHead title={t('page.all')} what={t('all.what')}>
        {plans && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('edit.add')}</Button>}
      </PageHead>
      <div className="oko-row oko-gap">
        <Select allowClear className="oko-filter" aria-label={t('list.state')} placeholder={t('all.any-state')} value={state} options={flowOf('recheck').states.map((value) => ({ value, label: t(`records:recheck.state.${value}`) }))}
          onChange={(value: string | undefined) => setSearch((old) => { const next = new URLSearchParams(old); if (value) next.set('state', value); else next.delete('state'); next.delete('page'); return next; })} />
      </div>
      <Loaded of={list}>
        {(data) => (data.total === 0 ? <EmptyState why={t(state ? 'all.none-fit' : 'all.none')} /> : (
          <DataTable<Recheck> name={t('page.all')} dataSource={data.items} total={data.total} paging={paging} columns={[
            { title: t('list.school'), key: 'school', render: (_, one) => <Link to={keep(`/rechecks/${one.id}`)}>{one.unit_name || one.unit_code}</Link> },
            { title: t('list.procedure'), key: 'procedure', render: (_, one) => title(one.body.procedure) },
            { title: t('list.body'), key: 'body', render: (_, one) => one.body.body ?? '' },
            { title: t('list.checked'), key: 'checked', align: 'right', render: (_, one) => (one.body.checked === undefined ? '' : format.number(one.body.checked, 0)) },
            { title: t('list.changed'), key: 'changed', align: 'right', render: (_, one) => (one.body.changed === undefined ? '' : `${format.number(one.body.changed, 0)} (${format.percent(one.body.share)})`) },
            { title: t('list.state'), key: 'state', render: (_, one) => <StateTag kind="recheck" state={one.state} /> },
          ]} />
        ))}
      </Loaded>
      {adding && <RecheckDrawer onClose={() => setAdding(false)} />}
    </>
  );
}
