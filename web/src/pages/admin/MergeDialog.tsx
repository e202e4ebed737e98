import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useDraft } from '../../app/drafts';
import { DraftNotice } from '../../parts/DraftNotice';
import { useSaid } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { UnitField } from './UnitField';
import type { Unit } from './units';

const PARTS = ['sheets', 'aggregates', 'externals', 'findings', 'units', 'aliases'] as const;

function Moves({ report }: { report: Schemas['MergeReport'] }) {
  const { t } = useTranslation('admin');
  const some = PARTS.filter((part) => report[part] > 0);
  if (some.length === 0) return <p>{t('merge.nothing')}</p>;
  return <><p>{t('merge.moves')}</p><ul>{some.map((part) => <li key={part}>{t(`merge.${part}`, { n: report[part] })}</li>)}</ul></>;
}

/** One organisation that stands in the register twice: what would move is shown before it does. */
export function MergeDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'app']);
  const keep = useKeep();
  const navigate = useNavigate();
  const said = useSaid();
  const [into, setInto, draft] = useDraft<number | null>(`merge.${unit.id}`, null);
  const [failure, setFailure] = useState('');
  const [plan, setPlan] = useState<Schemas['MergeReport'] | null>(null);
  const merge = $api.useMutation('post', '/units/{id}/merge');
  const go = async (dry: boolean) => {
    setFailure('');
    try {
      const report = await merge.mutateAsync({ params: { path: { id: unit.id } }, body: { into: into!, dry_run: dry } });
      if (dry) { setPlan(report); return; }
      draft.forget();
      toast.success(t('merge.done'));
      await navigate(keep(`/admin/units/${into}`));
    } catch (error) {
      setPlan(null);
      setFailure(said(error));
    }
  };
  return (
    <Modal open title={t('merge.title')} onCancel={onClose} footer={[
      <Button key="no" onClick={() => { draft.forget(); onClose(); }}>{t('app:cancel')}</Button>,
      <Button key="try" disabled={into === null} loading={merge.isPending && plan === null} onClick={() => void go(true)}>{t('merge.try')}</Button>,
      <Button key="go" type="primary" danger disabled={plan === null} loading={merge.isPending && plan !== null} onClick={() => void go(false)}>{t('merge.go')}</Button>,
    ]}>
      <DraftNotice draft={draft} />
      <p>{t('merge.what', { name: unit.name, code: unit.code })}</p>
      <div className="oko-row oko-gap"><span>{t('merge.into')}</span><UnitField label={t('merge.into')} value={into} onChange={(id) => { setInto(id); setPlan(null); setFailure(''); }} /></div>
      <p className="oko-quiet">{t('merge.same-level', { level: t(`app:level.${unit.level}`) })}</p>
      {failure && <Alert type="error" showIcon role="alert" title={failure} />}
      {plan && <div role="status"><Moves report={plan} /></div>}
    </Modal>
  );
}
