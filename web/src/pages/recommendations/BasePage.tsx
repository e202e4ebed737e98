import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useCatalogue, useCauses } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { RecordActions } from '../../parts/RecordActions';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { FAMILIES, useSign } from '../cases/words';
import { AdviceDrawer } from './AdviceDrawer';
import '../../styles/cases.css';

type Advice = Schemas['Advice'];

/** The region's base: for each sign and cause a text and measures that were agreed once. */
export default function BasePage() {
  const { t } = useTranslation(['recommendations', 'records', 'app']);
  const word = useSign();
  const { causes, name } = useCauses();
  const catalogue = useCatalogue();
  const operator = useRole('operator');
  const tell = useTellFailure();
  const [search, setSearch] = useSearchParams();
  const [edited, setEdited] = useState<Advice | 'new' | null>(null);
  const list = $api.useQuery('get', '/advice', { params: { query: { limit: 500 } } });
  const seed = $api.useMutation('post', '/recommendations/base');
  const sign = search.get('sign'), cause = search.get('cause');
  const change = (key: string, value: string | undefined) => setSearch((old) => { const next = new URLSearchParams(old); if (value) next.set(key, value); else next.delete(key); return next; });
  const shown = (list.data?.items ?? []).filter((one) => (!sign || one.body.sign === sign) && (!cause || one.body.cause === cause));
  return (
    <>
      <PageHead title={t('page.base')} what={t('base.what')}>
        {operator && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('base.add')}</Button>}
      </PageHead>
      <div className="oko-row oko-gap">
        <Select allowClear className="oko-filter" aria-label={t('base.sign')} placeholder={t('base.any-sign')} value={sign} onChange={(value: string | undefined) => change('sign', value)} options={[...FAMILIES.map((family) => ({ value: family as string, label: word(family) })), { value: 'any', label: t('base.every') }]} />
        <Select allowClear className="oko-filter" aria-label={t('base.cause')} placeholder={t('base.any-cause')} value={cause} onChange={(value: string | undefined) => change('cause', value)} popupMatchSelectWidth={false} options={causes.map((one) => ({ value: one.code, label: name(one.code) }))} />
      </div>
      <Loaded of={list}>
        {(data) => (data.total === 0
          ? <EmptyState why={t('base.empty')} next={operator && <Button type="primary" loading={seed.isPending} onClick={() => seed.mutate({}, { onError: (error) => tell(error) })}>{t('base.seed')}</Button>} />
          : shown.length === 0 ? <EmptyState why={t('base.none-fit')} /> : (
            <DataTable<Advice> name={t('page.base')} className="oko-top" dataSource={shown} columns={[
              { title: t('base.sign'), key: 'sign', render: (_, one) => (one.body.sign === 'any' ? t('base.every') : word(one.body.sign)) },
              { title: t('base.cause'), key: 'cause', render: (_, one) => name(one.body.cause ?? '') },
              { title: t('base.text'), key: 'text', render: (_, one) => <>{one.body.text}<div className="oko-quiet">{(one.body.measures ?? []).map(catalogue.name).join('; ')}</div></> },
              { title: t('list.state'), key: 'state', render: (_, one) => <StateTag kind="advice" state={one.state} /> },
              ...(operator ? [{ title: <span className="oko-sr">{t('base.acts')}</span>, key: 'acts', render: (_: unknown, one: Advice) => (
                <div className="oko-row">
                  {one.editable && <Button onClick={() => setEdited(one)}>{t('app:edit')}</Button>}
                  <RecordActions kind="advice" record={one as Head} />
                </div>
              ) }] : []),
            ]} />
          ))}
      </Loaded>
      {edited && <AdviceDrawer advice={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
