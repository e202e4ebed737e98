import { BarsOutlined, CalendarOutlined, DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api, href } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useRole } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { MyVisits } from './MyVisits';
import { Visits } from './Visits';
import { VisitDrawer } from './VisitDrawer';
import '../../styles/cases.css';

/** Who observes where and when. An observer sees the own visits, the nearest first. */
export default function ObservationsPage() {
  const { t } = useTranslation(['observations', 'app']);
  const { unit } = useContextBar();
  const observer = useRole('observer');
  const plans = useRole('operator', 'municipal');
  const exports = useRole('operator', 'head', 'municipal', 'auditor');
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const month = search.get('month');
  const view = search.get('view') === 'table' ? 'table' : 'calendar';
  const all = $api.useQuery('get', '/observations/schedule', { params: { query: observer || unit === null ? {} : { unit } } });
  const change = (key: string, value: string | null) => setSearch((old) => { const next = new URLSearchParams(old); if (value) next.set(key, value); else next.delete(key); return next; });
  return (
    <>
      <PageHead title={t(observer ? 'page.mine' : 'page.all')} what={t(observer ? 'mine.what' : 'all.what')}>
        {!observer && <Segmented aria-label={t('view.name')} value={view} onChange={(value) => change('view', value === 'table' ? 'table' : null)}
          options={[{ value: 'calendar', icon: <CalendarOutlined />, label: t('view.calendar') }, { value: 'table', icon: <BarsOutlined />, label: t('view.table') }]} />}
        {exports && <Button icon={<DownloadOutlined />} href={href('/observations/reference', {})} download>{t('reference')}</Button>}
        {plans && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('edit.add')}</Button>}
      </PageHead>
      <Loaded of={all}>
        {(data) => {
          const latest = data.items.at(-1)?.date.slice(0, 7);
          const now = dayjs().format('YYYY-MM');
          const shown = month ?? (data.items.some((one) => one.date >= now) ? now : (latest ?? now));
          return observer ? <MyVisits visits={data.items} /> : <Visits visits={data.items} view={view} month={shown} turn={(to) => change('month', to)} />;
        }}
      </Loaded>
      {adding && <VisitDrawer onClose={() => setAdding(false)} />}
    </>
  );
}
