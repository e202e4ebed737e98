import { Button, Card, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, href, type Schemas } from '../../api/client';
import { useJob } from '../../parts/job';
import { JobProgress } from '../../parts/JobProgress';
import { useTellFailure } from '../../parts/ProblemAlert';

type Kind = NonNullable<Schemas['ReportBody']['kind']>;
type Format = Schemas['ReportBody']['format'];
interface Props { kind: Kind; unit: Schemas['Unit']; formats: Format[]; code?: string }

/** One report: what is in it, in which form, made on the spot and kept. */
export function ReportCard({ kind, unit, formats, code }: Props) {
  const { t, i18n } = useTranslation(['reports', 'app']);
  const [format, setFormat] = useState<Format>(formats[0]);
  const [below, setBelow] = useState(false);
  const [id, setId] = useState<number | null>(null);
  const make = $api.useMutation('post', '/reports');
  const tell = useTellFailure();
  const job = useJob(id);
  const done = job?.state === 'done' ? (job.result as { file?: number; name?: string } | null) : null;
  const name = t(`reports:kind.${kind}`);
  const start = () => make.mutate({ body: { unit: unit.id, kind, format, lang: i18n.language === 'en' ? 'en' : 'ru', ...(code ? { code } : {}), ...(kind === 'evidence' ? { below } : {}) } }, {
    onSuccess: (made) => setId(made.id),
    onError: (error) => tell(error),
  });
  return (
    <Card size="small" title={name}>
      <p>{t(`reports:about.${kind}`)}</p>
      {kind === 'evidence' && unit.level !== 'school' && <p><Checkbox checked={below} onChange={(change) => setBelow(change.target.checked)}>{t('reports:below')}</Checkbox></p>}
      <div className="oko-row">
        {formats.length > 1 && <Select<Format> value={format} onChange={setFormat} aria-label={t('reports:format-of', { name })} options={formats.map((value) => ({ value, label: t(`reports:format.${value}`) }))} style={{ minWidth: 170 }} />}
        <Button type="primary" loading={make.isPending} disabled={job !== undefined && (job.state === 'queued' || job.state === 'running')} aria-label={t('reports:make-what', { name })} onClick={start}>{t('reports:make')}</Button>
      </div>
      <JobProgress job={job} name={name} />
      {done?.file !== undefined && <p role="status">{t('reports:ready')} <a href={href(`/files/${done.file}/content`)} download>{done.name}</a></p>}
    </Card>
  );
}
