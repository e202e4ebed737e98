import '../../styles/admin.css';

import { Button, DatePicker, Input, Select, type TableProps } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { pageOf } from '../../parts/flows';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { PersonSelect } from './PersonSelect';
import { Proof } from './Proof';
import { useActionWords } from './words';

type Line = Schemas['AuditLine'];
const GROUPS = ['session', 'users', 'units', 'imports', 'case', 'recommendation', 'measure', 'form', 'indicator', 'settings', 'cases', 'audit'] as const;
const LIMIT = 50;

function ObjectLink({ object }: { object: string }) {
  const keep = useKeep();
  const [kind, id] = object.split('/');
  const page = kind === 'unit' ? `/admin/units/${id}` : pageOf(kind, Number(id));
  return page ? <Link to={keep(page)}>{object}</Link> : <>{object}</>;
}

function useColumns(): TableProps<Line>['columns'] {
  const { t } = useTranslation(['admin', 'app']);
  const format = useFormat();
  const words = useActionWords();
  return [
    { title: t('audit.when'), dataIndex: 'at', render: (at: string) => <span className="oko-number">{format.time(at)}</span> },
    { title: t('audit.who'), dataIndex: 'login', render: (login: string, line) => (
      <>{login || t(line.role === 'owner' ? 'audit.owner' : 'audit.program')}{line.role && line.role !== 'owner' && <div className="oko-quiet">{t(`app:role.${line.role}`, { defaultValue: '' })}</div>}</>
    ) },
    { title: t('audit.did'), dataIndex: 'action', className: 'oko-wrap', width: 280, render: (action: string) => words(action) },
    { title: t('audit.object'), dataIndex: 'object', render: (object: string) => <ObjectLink object={object} /> },
    { title: t('audit.address'), dataIndex: 'address' },
  ];
}

function Details({ line }: { line: Line }) {
  return <pre className="oko-detail" tabIndex={0}>{JSON.stringify(line.detail, null, 2)}</pre>;
}

export default function Audit() {
  const { t } = useTranslation('admin');
  const [params, setParams] = useSearchParams();
  const columns = useColumns();
  const text = (name: string) => params.get(name) ?? undefined;
  const set = (part: Record<string, string | undefined>) => setParams((old) => {
    const next = new URLSearchParams(old);
    next.delete('before');
    for (const [name, value] of Object.entries(part)) if (value) next.set(name, value); else next.delete(name);
    return next;
  });
  const person = Number(text('user')) || null;
  const before = Number(text('before')) || null;
  const from = text('from'), until = text('until');
  const query = {
    limit: LIMIT,
    ...(text('action') ? { action: `${text('action')}.` } : {}),
    ...(text('object') ? { object: text('object') } : {}),
    ...(person ? { user: person } : {}),
    ...(before ? { before } : {}),
    ...(from ? { from: dayjs(from).startOf('day').toISOString().replace(/\.\d+/, '') } : {}),
    ...(until ? { until: dayjs(until).endOf('day').toISOString().replace(/\.\d+/, '') } : {}),
  };
  const lines = $api.useQuery('get', '/audit', { params: { query } });
  return (
    <>
      <PageHead title={t('page.audit')} what={t('audit.what')}><Proof /></PageHead>
      <div className="oko-filters">
        <Select allowClear aria-label={t('audit.action')} placeholder={t('audit.any-action')} value={text('action')} onChange={(value?: string) => set({ action: value })} options={GROUPS.map((value) => ({ value, label: t(`audit.group.${value}`) }))} />
        <PersonSelect value={person} onChange={(id) => set({ user: id ? String(id) : undefined })} />
        <DatePicker aria-label={t('audit.from')} placeholder={t('audit.from')} format="DD.MM.YYYY" value={from ? dayjs(from) : null} onChange={(day) => set({ from: day?.format('YYYY-MM-DD') })} />
        <DatePicker aria-label={t('audit.until')} placeholder={t('audit.until')} format="DD.MM.YYYY" value={until ? dayjs(until) : null} onChange={(day) => set({ until: day?.format('YYYY-MM-DD') })} />
        <Input.Search allowClear aria-label={t('audit.object')} placeholder={t('audit.object-what')} defaultValue={text('object')} onSearch={(value) => set({ object: value.trim() })} />
      </div>
      <Loaded of={lines}>
        {(data) => (data.items.length === 0 ? <EmptyState why={t('audit.empty')} next={<p>{t('audit.empty-next')}</p>} /> : (
          <>
            <DataTable<Line> name={t('page.audit')} dataSource={data.items} columns={columns} expandable={{
              rowExpandable: (line) => Object.keys(line.detail ?? {}).length > 0, expandedRowRender: (line) => <Details line={line} />,
            }} />
            <div className="oko-row oko-table-foot">
              {before !== null && <Button onClick={() => set({})}>{t('audit.newest')}</Button>}
              {data.items.length === LIMIT && <Button onClick={() => set({ before: String(data.items[LIMIT - 1].id) })}>{t('audit.older')}</Button>}
            </div>
          </>
        ))}
      </Loaded>
    </>
  );
}
