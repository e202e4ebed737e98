import { FileZipOutlined } from '@ant-design/icons';
import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, href, type Schemas } from '../../api/client';
import { useJob } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { useTellFailure } from '../../parts/ProblemAlert';

interface Props { code: string; unit: Schemas['UnitName']; no?: number }

/** Evidence of a row, or of the whole roadmap, as one archive with an index for an office. */
export function PackButton({ code, unit, no }: Props) {
  const { t, i18n } = useTranslation(['roadmap', 'app']);
  const [open, setOpen] = useState(false);
  const [below, setBelow] = useState(unit.level !== 'school');
  const [id, setId] = useState<number | null>(null);
  const make = $api.useMutation('post', '/reports');
  const tell = useTellFailure();
  const job = useJob(id);
  const file = (job?.result as { file?: number; name?: string } | null)?.file;
  const start = () => make.mutate({ body: { unit: unit.id, kind: 'evidence', format: 'zip', code, below, lang: i18n.language === 'en' ? 'en' : 'ru', ...(no ? { no } : {}) } }, {
    onSuccess: (made) => setId(made.id),
    onError: (error) => tell(error),
  });
  const close = () => { setOpen(false); setId(null); };
  return (
    <>
      <Button icon={<FileZipOutlined />} onClick={() => setOpen(true)}>{t('roadmap:pack.name')}</Button>
      <Modal open={open} title={t(no ? 'roadmap:pack.row' : 'roadmap:pack.title', { no })} onCancel={close} footer={<Button onClick={close}>{t('app:close')}</Button>} destroyOnHidden>
        <p>{t('roadmap:pack.what')}</p>
        {unit.level !== 'school' && <p><Checkbox checked={below} disabled={id !== null} onChange={(event) => setBelow(event.target.checked)}>{t('roadmap:pack.below')}</Checkbox></p>}
        {id === null && <Button type="primary" loading={make.isPending} onClick={start}>{t('roadmap:pack.go')}</Button>}
        <JobProgress job={job} name={t('roadmap:pack.name')} />
        {file !== undefined && <p role="status">{t('roadmap:pack.ready')} <a href={href(`/files/${file}/content`)} download>{(job?.result as { name?: string }).name}</a></p>}
      </Modal>
    </>
  );
}
