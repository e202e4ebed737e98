import { CheckOutlined, StopOutlined, ToolOutlined, UndoOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { DataTable, usePaging } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { count, summaryOf, type Import } from './report';

export function ImportState({ of }: { of: Import }) {
  const { t } = useTranslation('data');
  if (of.undoes) return <Tag icon={<UndoOutlined aria-hidden />}>{t('state.undo', { id: of.undoes })}</Tag>;
  if (of.undone_by) return <Tag icon={<StopOutlined aria-hidden />}>{t('state.undone')}</Tag>;
  if (of.corrects) return <Tag icon={<ToolOutlined aria-hidden />}>{t('state.corrects', { id: of.corrects })}</Tag>;
  return <Tag icon={<CheckOutlined aria-hidden />}>{t('state.stands')}</Tag>;
}

function What({ of }: { of: Import }) {
  const { t, i18n } = useTranslation('data');
  const key = `layout.${of.layout}`;
  return <>{i18n.exists(`data:${key}`) ? t(key) : of.layout}{of.procedure && <span className="oko-quiet oko-number"> · {of.procedure}</span>}</>;
}

/** Every file that was read, newest first. */
export function ImportList() {
  const { t } = useTranslation('data');
  const keep = useKeep();
  const format = useFormat();
  const paging = usePaging();
  const asked = $api.useQuery('get', '/imports', { params: { query: { files: true, limit: paging.limit, offset: paging.offset } } });
  return (
    <section aria-labelledby="oko-imports">
      <h2 id="oko-imports" className="oko-part">{t('imports.title')}</h2>
      <Loaded of={asked}>
        {(data) => data.total === 0 ? <EmptyState why={t('imports.none')} next={<span className="oko-quiet">{t('imports.none-next')}</span>} /> : (
          <DataTable<Import>
            name={t('imports.title')}
            dataSource={data.items}
            total={data.total}
            paging={paging}
            columns={[
              { title: '№', dataIndex: 'id', className: 'oko-number' },
              { title: t('imports.file'), dataIndex: 'file', render: (file: string, one) => <Link to={keep(`/data/imports/${one.id}`)} className="oko-file">{file}</Link> },
              { title: t('imports.kind'), key: 'kind', render: (_, one) => <What of={one} /> },
              { title: t('imports.works'), key: 'works', align: 'right', render: (_, one) => format.number(summaryOf(one).counts?.rows || one.rows || null) },
              { title: t('imports.problems'), key: 'problems', align: 'right', render: (_, one) => { const n = count(summaryOf(one).problem_counts, 'rejected'); return n > 0 ? <Link to={keep(`/data/imports/${one.id}`, { severity: 'rejected' })}>{format.number(n)}</Link> : format.number(one.undoes ? null : 0); } },
              { title: t('imports.state'), key: 'state', render: (_, one) => <ImportState of={one} /> },
              { title: t('imports.when'), key: 'when', render: (_, one) => <><span className="oko-number">{format.time(one.created)}</span><br /><span className="oko-quiet">{one.user_name ?? t('imports.nobody')}</span></> },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
