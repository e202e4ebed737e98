import '../../styles/admin.css';

import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, href, type Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { useJob } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

type Backup = Schemas['BackupList']['items'][number];

function Table({ backups }: { backups: Backup[] }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  if (backups.length === 0) return <EmptyState why={t('backups.empty')} next={<p>{t('backups.empty-next')}</p>} />;
  return (
    <DataTable<Backup> name={t('page.backups')} rowKey="name" dataSource={backups} columns={[
      { title: t('backups.created'), dataIndex: 'created', render: (at: string) => <span className="oko-number">{format.time(at)}</span> },
      { title: t('backups.name'), dataIndex: 'name' },
      { title: t('backups.bytes'), dataIndex: 'bytes', align: 'right', render: (bytes: number) => format.bytes(bytes) },
      { title: '', key: 'act', render: (_, one) => <Button size="small" icon={<DownloadOutlined />} href={href(`/backups/${one.name}/content`)} download={one.name} aria-label={`${t('backups.download')}: ${one.name}`}>{t('backups.download')}</Button> },
    ]} />
  );
}

export default function Backups() {
  const { t } = useTranslation('admin');
  const tell = useTellFailure();
  const backups = $api.useQuery('get', '/backups');
  const make = $api.useMutation('post', '/backups');
  const [id, setId] = useState<number | null>(null);
  const job = useJob(id, (over) => { if (over.state === 'done') toast.success(t('backups.done')); });
  return (
    <>
      <PageHead title={t('page.backups')} what={t('backups.what')}>
        <Button type="primary" loading={make.isPending} onClick={() => make.mutate({}, { onSuccess: (made) => setId(made.id), onError: (error) => tell(error) })}>{t('backups.make')}</Button>
      </PageHead>
      <div className="oko-stack">
        <JobProgress job={job} name={t('backups.job')} />
        <Alert type="warning" showIcon title={t('backups.danger')} />
        <Loaded of={backups}>{(data) => <Table backups={data.items} />}</Loaded>
        <section className="oko-section">
          <h2>{t('backups.restore')}</h2>
          <p>{t('backups.restore-what')}</p>
          <pre className="oko-detail" tabIndex={0}>{`oko --db oko.db restore ${backups.data?.items[0]?.name ?? 'oko-20220901-120000.db'} --force`}</pre>
        </section>
      </div>
    </>
  );
}
