import { DownloadOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, href, type Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';

type Report = Schemas['Report'];
const fileOf = (report: Report) => report.job.result as { file?: number; name?: string; bytes?: number } | null;

function Outcome({ report }: { report: Report }) {
  const { t } = useTranslation(['reports', 'app']);
  const format = useFormat();
  const file = fileOf(report);
  if (report.job.state === 'done' && file?.file) return <a href={href(`/files/${file.file}/content`)} download><DownloadOutlined aria-hidden /> {file.name ?? t('app:download')}{file.bytes !== undefined && ` · ${format.bytes(file.bytes)}`}</a>;
  const why = (report.job.error as { detail?: string } | null)?.detail;
  return <span><Tag>{t(`reports:state.${report.job.state}`)}</Tag> {why}</span>;
}

/** The person's own reports, newest first. */
export function Made() {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const asked = $api.useQuery('get', '/reports', { params: { query: { limit: 200 } } });
  return (
    <section aria-labelledby="made" style={{ marginTop: 24 }}>
      <h2 id="made" className="oko-h" style={{ marginBottom: 12 }}>{t('made')}</h2>
      <Loaded of={asked}>
        {(data) => (data.items.length === 0 ? <EmptyState why={t('made-none')} /> : (
          <DataTable<Report> name={t('made')} rowKey={(report) => report.job.id} dataSource={data.items}
            columns={[
              { title: t('when'), key: 'when', className: 'oko-number', render: (_, one) => format.time(one.job.created) },
              { title: t('report'), key: 'kind', render: (_, one) => [t(`kind.${one.kind}`), one.code, one.no ? t('row', { no: one.no }) : ''].filter(Boolean).join(', ') },
              { title: t('unit'), dataIndex: 'unit_name' },
              { title: t('file'), key: 'file', render: (_, one) => <Outcome report={one} /> },
            ]} />
        ))}
      </Loaded>
    </section>
  );
}
