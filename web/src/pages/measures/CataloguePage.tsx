import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import type { CatalogueMeasure } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { RecordActions } from '../../parts/RecordActions';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { useTold } from '../../parts/told';
import { CatalogueDrawer } from './CatalogueDrawer';
import '../../styles/cases.css';

/** Measures that the region knows: what they are for, who may take them, which documents prove them. */
export default function CataloguePage() {
  const { t } = useTranslation(['measures', 'app']);
  const told = useTold();
  const operator = useRole('operator');
  const tell = useTellFailure();
  const [edited, setEdited] = useState<CatalogueMeasure | 'new' | null>(null);
  const list = $api.useQuery('get', '/catalogue-measures', { params: { query: { limit: 500 } } });
  const seed = $api.useMutation('post', '/recommendations/base');
  return (
    <>
      <PageHead title={t('page.catalogue')} what={t('catalogue.what')}>
        {operator && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>{t('catalogue.add')}</Button>}
      </PageHead>
      <Loaded of={list}>
        {(data) => (data.total === 0
          ? <EmptyState why={t('catalogue.none')} next={operator && <Button type="primary" loading={seed.isPending} onClick={() => seed.mutate({}, { onError: (error) => tell(error) })}>{t('catalogue.seed')}</Button>} />
          : <DataTable<CatalogueMeasure> name={t('page.catalogue')} dataSource={data.items} columns={[
              { title: t('list.measure'), key: 'title', render: (_, one) => told(one.title, one.body.name_en) },
              { title: t('catalogue.group'), key: 'group', render: (_, one) => (one.body.group ? t(`group.${one.body.group}`) : ''), filters: ['procedure', 'verification', 'support', 'management'].map((value) => ({ value, text: t(`group.${value}`) })), onFilter: (value, one) => one.body.group === value },
              { title: t('catalogue.levels'), key: 'levels', render: (_, one) => (one.body.levels ?? []).map((level) => t(`app:level.${level}`)).join(', ') },
              { title: t('one.evidence'), key: 'evidence', render: (_, one) => one.body.evidence },
              { title: t('catalogue.days'), key: 'days', align: 'right', render: (_, one) => one.body.days ?? '' },
              { title: t('list.state'), key: 'state', render: (_, one) => <StateTag kind="catalogue-measure" state={one.state} /> },
              ...(operator ? [{ title: <span className="oko-sr">{t('catalogue.acts')}</span>, key: 'acts', render: (_: unknown, one: CatalogueMeasure) => <div className="oko-row">{one.editable && <Button onClick={() => setEdited(one)}>{t('app:edit')}</Button>}<RecordActions kind="catalogue-measure" record={one as Head} /></div> }] : []),
            ]} />)}
      </Loaded>
      {edited && <CatalogueDrawer measure={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
