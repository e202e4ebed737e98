import { BarsOutlined, CalendarOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useMe, useRole } from '../../app/session';
import { flowOf } from '../../parts/flows';
import { useCatalogue } from '../../parts/lists';
import { PageHead } from '../../parts/PageHead';
import { MeasureCalendar } from './MeasureCalendar';
import { MeasureDrawer } from './MeasureDrawer';
import { MeasureList } from './MeasureList';
import '../../styles/cases.css';

/** Measures of a school, a municipality or the region: as a list, or by deadline in a calendar. */
export default function MeasuresPage() {
  const { t } = useTranslation(['measures', 'records', 'app']);
  const { unit, year } = useContextBar();
  const me = useMe();
  const plans = useRole('operator', 'municipal', 'school');
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const { all, name } = useCatalogue();
  const overview = $api.useQuery('get', '/measures/overview', { params: { query: { unit: unit ?? undefined, year: year ?? undefined } } });
  const change = (key: string, value: string | null | undefined) => setSearch((old) => { const next = new URLSearchParams(old); if (value) next.set(key, value); else next.delete(key); next.delete('page'); return next; });
  const view = search.get('view') === 'calendar' ? 'calendar' : 'list';
  const codes = overview.data?.codes ?? [];
  return (
    <>
      <PageHead title={t('page.all')} what={t('all.what')}>
        <Segmented aria-label={t('view.name')} value={view} onChange={(value) => change('view', value === 'calendar' ? 'calendar' : null)}
          options={[{ value: 'list', icon: <BarsOutlined />, label: t('view.list') }, { value: 'calendar', icon: <CalendarOutlined />, label: t('view.calendar') }]} />
        {plans && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('edit.add')}</Button>}
      </PageHead>
      {overview.data && <p role="status">{t('all.sum', { count: overview.data.total })}, {t('all.accepted', { count: overview.data.states.accepted ?? 0 })}{overview.data.overdue > 0 && `, ${t('all.overdue', { count: overview.data.overdue })}`}.</p>}
      {view === 'list' && (
        <div className="oko-row oko-gap oko-no-print" role="group" aria-label={t('filter.name')}>
          <Select allowClear className="oko-filter" aria-label={t('filter.state')} placeholder={t('filter.any-state')} value={search.get('state')} onChange={(value: string | undefined) => change('state', value)}
            options={flowOf('measure').states.map((value) => ({ value, label: `${t(`records:measure.state.${value}`)} (${overview.data?.states[value] ?? 0})` }))} />
          <Select allowClear className="oko-filter" aria-label={t('filter.code')} placeholder={t('filter.any-code')} value={search.get('code')} onChange={(value: string | undefined) => change('code', value)} popupMatchSelectWidth={false}
            options={codes.map((one) => ({ value: one.code, label: `${all.length > 0 ? name(one.code) : one.code} (${one.total})` }))} />
          <Checkbox checked={search.get('overdue') === '1'} onChange={(event) => change('overdue', event.target.checked ? '1' : null)}>{t('filter.overdue')}</Checkbox>
        </div>
      )}
      {view === 'list' ? <MeasureList /> : <MeasureCalendar />}
      {adding && <MeasureDrawer unit={me.role === 'school' ? (me.unit ?? undefined) : (unit ?? undefined)} year={year ?? undefined} onClose={() => setAdding(false)} />}
    </>
  );
}
