import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useContextBar, useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import type { ListKind } from './Lists';

type Finding = Schemas['Finding'];
type External = Schemas['External'];

function School({ of }: { of: { unit: number; unit_name: string; unit_code: string } }) {
  const keep = useKeep();
  return <><Link to={keep(`/analysis/schools/${of.unit}`)}>{of.unit_name}</Link> <span className="oko-quiet oko-number">{of.unit_code}</span></>;
}

function useFactColumns(kind: ListKind): TableColumnsType<Finding> {
  const { t } = useTranslation('data');
  const format = useFormat();
  const fact = (title: string, at: number) => ({ title: t(title), key: title, align: 'right' as const, render: (_: unknown, one: Finding) => format.number(one.facts[at]) });
  if (kind === 'recheck') return [{ title: t('lists.part'), dataIndex: 'part' }, fact('lists.checked', 1), fact('lists.changed', 2), fact('lists.up', 3), fact('lists.down', 4)];
  if (kind === 'observation') return [{ title: t('lists.visit'), dataIndex: 'part' }, fact('lists.remarks', 7), { title: t('lists.note'), dataIndex: 'note' }];
  if (kind === 'medals') return [{ title: t('lists.medallists'), key: 'rows', align: 'right', render: (_, one) => format.number(one.rows) }];
  return [{ title: t('lists.basis'), key: 'basis', render: (_, one) => t(`lists.basis-${one.facts[0] ?? 4}`, { defaultValue: one.note || t('lists.basis-other') }) }];
}

function Findings({ kind }: { kind: Exclude<ListKind, 'external'> }) {
  const { t } = useTranslation('data');
  const { unit, year } = useContextBar();
  const paging = usePaging();
  const columns = useFactColumns(kind);
  const asked = $api.useQuery('get', '/findings', { params: { query: { kind, unit: unit ?? undefined, year: year ?? undefined, limit: paging.limit, offset: paging.offset } } });
  return (
    <Loaded of={asked}>
      {(data) => data.total === 0 ? <EmptyState why={t(`lists.none-${kind}`)} next={<span className="oko-quiet">{t(`lists.next-${kind}`)}</span>} /> : (
        <DataTable<Finding>
          name={t(`lists.kind-${kind}`)}
          rowKey={(one) => `${one.unit}/${one.year}/${one.procedure}/${one.part}`}
          dataSource={data.items}
          total={data.total}
          paging={paging}
          columns={[
            { title: t('lists.school'), key: 'school', render: (_, one) => <School of={one} /> },
            { title: t('lists.year'), dataIndex: 'year', render: (value: number) => value || t('lists.any') },
            { title: t('lists.procedure'), dataIndex: 'procedure', render: (value: string) => value || t('lists.any') },
            ...columns,
          ]}
        />
      )}
    </Loaded>
  );
}

function Externals() {
  const { t } = useTranslation('data');
  const { unit, year } = useContextBar();
  const paging = usePaging();
  const asked = $api.useQuery('get', '/externals', { params: { query: { unit: unit ?? undefined, year: year ?? undefined, limit: paging.limit, offset: paging.offset } } });
  return (
    <Loaded of={asked}>
      {(data) => data.total === 0 ? <EmptyState why={t('lists.none-external')} next={<span className="oko-quiet">{t('lists.next-external')}</span>} /> : (
        <DataTable<External>
          name={t('lists.kind-external')}
          rowKey={(one) => `${one.unit}/${one.list}/${one.year}/${one.procedure}`}
          dataSource={data.items}
          total={data.total}
          paging={paging}
          columns={[
            { title: t('lists.school'), key: 'school', render: (_, one) => <School of={one} /> },
            { title: t('lists.list'), dataIndex: 'list' },
            { title: t('lists.year'), dataIndex: 'year', render: (value: number) => value || t('lists.any') },
            { title: t('lists.procedure'), dataIndex: 'procedure', render: (value: string) => value || t('lists.any') },
            { title: t('lists.reason'), dataIndex: 'reason' },
          ]}
        />
      )}
    </Loaded>
  );
}

export function ListTable({ kind }: { kind: ListKind }) {
  return kind === 'external' ? <Externals /> : <Findings key={kind} kind={kind} />;
}
