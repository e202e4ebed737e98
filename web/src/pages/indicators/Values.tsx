import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { useMe } from '../../app/session';
import { PAGE_SIZE, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useLater } from '../../parts/later';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { Compute } from './Compute';
import { GROUPS, LEVELS, useIndicatorYear, type Level } from './data';
import { OneUnit } from './OneUnit';
import { Units } from './Units';
import { ValueDrawer, type Picked } from './ValueDrawer';
import '../../styles/indicators.css';

/** Level, group and search stand in the address beside the context. */
function useChoice(): { get: (name: string) => string | null; set: (name: string, value: string | null) => void } {
  const [search, setSearch] = useSearchParams();
  return {
    get: (name) => search.get(name),
    set: (name, value) => setSearch((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(name, value); else next.delete(name);
      next.delete('page');
      return next;
    }, { replace: true }),
  };
}

function levelsOf(role: string): readonly Level[] {
  return role === 'school' ? ['school'] : role === 'municipal' ? ['municipality', 'school'] : LEVELS;
}

type Group = 'control' | 'monitoring' | 'attitude-school' | 'attitude-all';

export default function Values() {
  const { t } = useTranslation(['indicators', 'app']);
  const me = useMe();
  const { unit, campaign } = useContextBar();
  const { year, pending } = useIndicatorYear();
  const choice = useChoice();
  const levels = levelsOf(me.role);
  const level = (levels.find((one) => one === choice.get('level')) ?? levels[0]) as Level;
  const group = GROUPS.find((one) => one === choice.get('group')) as Group | undefined;
  const search = useLater(choice.get('search') ?? '', 300);
  const paging = usePaging();
  const [picked, setPicked] = useState<Picked | null>(null);
  const query = { year, level, ...(unit === null ? {} : { unit }), ...(campaign === null ? {} : { campaign }), ...(group ? { group } : {}), ...(search ? { search } : {}), limit: PAGE_SIZE, offset: paging.offset };
  const table = $api.useQuery('get', '/indicator-values/table', { params: { query } }, { enabled: !pending && year !== undefined, placeholderData: (last: Schemas['IndicatorValueTable'] | undefined) => last });
  return (
    <>
      <PageHead title={year === undefined ? t('page.values') : t('values.title', { year })} what={t('values.what')}>
        {year !== undefined && <Compute year={year} />}
      </PageHead>
      <div className="oko-row oko-gap oko-no-print">
        {levels.length > 1 && <Segmented aria-label={t('values.level')} value={level} onChange={(value) => choice.set('level', String(value))} options={levels.map((value) => ({ value, label: t(`values.levels.${value}`) }))} />}
        <Select aria-label={t('column.group')} allowClear placeholder={t('values.all-groups')} value={group} onChange={(value) => choice.set('group', value ?? null)} popupMatchSelectWidth={false} className="oko-procedure"
          options={GROUPS.map((value) => ({ value, label: t(`group-short.${value}`) }))} />
        {level !== 'region' && levels.length > 1 && <Input.Search allowClear aria-label={t('values.search')} placeholder={t('values.search')} defaultValue={choice.get('search') ?? ''} onChange={(event) => choice.set('search', event.target.value)} className="oko-search" />}
      </div>
      {year === undefined && !pending ? <EmptyState why={t('register.empty')} /> : (
        <Loaded of={table}>
          {(data) => {
            const empty = data.columns.length === 0 || data.items.length === 0;
            if (empty) return <EmptyState why={data.columns.length === 0 ? t('values.no-indicators') : search ? t('values.not-found') : t('values.no-units')} />;
            const pick = (row: Schemas['IndicatorValueRow'], column: Schemas['IndicatorColumn']) => setPicked({ row, column, level });
            return data.total === 1 && data.items.length === 1
              ? <OneUnit row={data.items[0]} columns={data.columns} onPick={pick} />
              : <Units data={data} paging={paging} level={level} onPick={pick} />;
          }}
        </Loaded>
      )}
      {picked && <ValueDrawer picked={picked} onClose={() => setPicked(null)} />}
    </>
  );
}
