import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useQueryClient } from '@tanstack/react-query';

import type { Schemas } from '../../api/client';
import { csv, saveText } from '../../parts/csv';
import { DataTable } from '../../parts/DataTable';
import { useSaid } from '../../parts/ProblemAlert';
import { upload } from '../../parts/upload';
import { SaveGuests } from './invite';

type Report = Schemas['UserImport'];
type Fault = Report['problems'][number];
const send = (file: File, dry: boolean) => upload<Report>(`/users/import?dry_run=${dry}&name=${encodeURIComponent(file.name.slice(0, 150))}`, file);

function Faults({ faults }: { faults: Fault[] }) {
  const { t } = useTranslation('admin');
  if (faults.length === 0) return null;
  const save = () => saveText(t('import.faults-name'), csv([[t('import.row'), t('users.login'), t('import.problem')], ...faults.map((fault) => [String(fault.row), fault.login, fault.detail])]));
  return (
    <>
      <Alert type="warning" showIcon title={t('import.wrong', { count: faults.length })} description={t('import.mend')} className="oko-gap" action={<Button size="small" onClick={save}>{t('import.faults')}</Button>} />
      <DataTable<Fault> name={t('import.problem')} size="small" rowKey={(fault) => `${fault.row}/${fault.login}`} dataSource={faults} columns={[
        { title: t('import.row'), dataIndex: 'row' },
        { title: t('users.login'), dataIndex: 'login' },
        { title: t('import.problem'), dataIndex: 'detail', className: 'oko-wrap' },
      ]} />
    </>
  );
}

function Choose({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation(['admin', 'app']);
  const sample = () => saveText(t('import.sample-name'), csv([['Логин', 'Имя', 'Роль', 'Код единицы', 'Почта'], ['sch990001', 'Школа № 1', 'школа', 'sch990001', '']]));
  return (
    <>
      <p>{t('import.what')}</p>
      <Upload.Dragger accept=".csv,.xlsx,.txt" showUploadList={false} disabled={busy} beforeUpload={(file) => { onFile(file); return false; }}>
        <p><InboxOutlined style={{ fontSize: 32 }} /></p><p>{t('import.drop')}</p>
      </Upload.Dragger>
      <p><Button type="link" onClick={sample}>{t('import.sample')}</Button></p>
    </>
  );
}

/** People from a table: first what would come of it, row by row, then the invitations as a file. */
export function ImportPeople({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['admin', 'app']);
  const said = useSaid();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const run = async (chosen: File, dry: boolean) => {
    setBusy(true);
    setFailure('');
    try {
      setReport(await send(chosen, dry));
      setFile(chosen);
      if (!dry) await queries.invalidateQueries();
    } catch (error) {
      setFailure(said(error));
    } finally {
      setBusy(false);
    }
  };
  const done = report !== null && !report.dry_run;
  const footer = done ? <>{report.made.length > 0 && <SaveGuests guests={report.made} />} <Button onClick={onClose}>{t('app:close')}</Button></>
    : report ? <><Button onClick={() => setReport(null)}>{t('import.another')}</Button> <Button type="primary" loading={busy} disabled={report.made.length === 0} onClick={() => void run(file!, false)}>{t('import.go')}</Button></>
      : <Button onClick={onClose}>{t('app:cancel')}</Button>;
  return (
    <Modal open title={t('import.title')} onCancel={onClose} footer={footer} width={720} mask={{ closable: false }}>
      {failure && <Alert type="error" showIcon role="alert" title={failure} className="oko-gap" />}
      {!report && <Choose busy={busy} onFile={(chosen) => void run(chosen, true)} />}
      {report && (
        <div role="status">
          <Alert type={report.made.length > 0 ? 'success' : 'info'} showIcon className="oko-gap" title={t(done ? 'import.did' : 'import.will', { count: report.made.length })} description={done && report.made.length > 0 ? t('invite.all-what') : undefined} />
          <Faults faults={report.problems} />
        </div>
      )}
    </Modal>
  );
}
