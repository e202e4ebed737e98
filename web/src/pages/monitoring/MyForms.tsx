import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useMe } from '../../app/session';
import { DataTable, PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { Due } from '../../parts/Due';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';

/** Forms that the person's own school or municipality fills. */
export default function MyForms() {
  const { t } = useTranslation(['monitoring', 'app']);
  const me = useMe();
  const { year } = useContextBar();
  const paging = usePaging();
  const level = me.role === 'school' ? 'school' : 'municipality';
  const list = $api.useQuery('get', '/forms', { params: { query: { member: 'level', value: level, sort: '-year', ...(year === null ? {} : { year }), limit: PAGE_SIZE, offset: paging.offset } } });
  return (
    <>
      <PageHead title={t('page.forms')} what={t('my.what')} />
      <Loaded of={list}>
        {(data) => (data.items.length === 0 ? <EmptyState why={t('my.empty')} next={<Link to="/monitoring">{t('page.campaigns')}</Link>} /> : (
          <DataTable<Schemas['Form']>
            name={t('page.forms')} dataSource={data.items} total={data.total} paging={paging}
            columns={[
              { title: t('column.campaign'), key: 'title', width: 340, render: (_, one) => <Link to={`/monitoring/forms/${one.id}`}>{one.title}</Link> },
              { title: t('column.year'), dataIndex: 'year', width: 80 },
              { title: t('column.state'), key: 'state', width: 170, render: (_, one) => <StateTag kind="form" state={one.state} /> },
              { title: t('column.deadline'), key: 'due', width: 260, render: (_, one) => (one.state === 'accepted' ? '' : <Due due={one.due ?? ''} overdue={one.overdue ?? false} />) },
              { title: '', key: 'go', width: 130, render: (_, one) => one.editable && <Link to={`/monitoring/forms/${one.id}`}><Button type="primary" size="small" tabIndex={-1}>{t('my.fill')}</Button></Link> },
            ]}
          />
        ))}
      </Loaded>
    </>
  );
}
