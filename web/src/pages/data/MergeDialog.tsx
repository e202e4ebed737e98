import { Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useFormat } from '../../parts/format';
import { ProblemAlert, useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

/** What would move when the two become one, tried before it is done. */
export function MergeDialog({ from, into, onClose }: { from: Schemas['Unit']; into: number; onClose: () => void }) {
  const { t } = useTranslation(['data', 'app']);
  const format = useFormat();
  const tell = useTellFailure();
  const target = $api.useQuery('get', '/units/{id}', { params: { path: { id: into } } });
  const trial = $api.useMutation('post', '/units/{id}/merge');
  const merge = $api.useMutation('post', '/units/{id}/merge');
  const { mutate: attempt } = trial;
  useEffect(() => attempt({ params: { path: { id: from.id } }, body: { into, dry_run: true } }), [attempt, from.id, into]);
  const confirm = () => void merge.mutateAsync({ params: { path: { id: from.id } }, body: { into } }).then(() => { toast.success(t('data:merge.done')); onClose(); }, tell);
  const moved = trial.data;
  const name = target.data ? `${target.data.name} (${target.data.code})` : '…';
  return (
    <Modal open title={t('data:merge.title')} okText={t('data:merge.go')} cancelText={t('app:cancel')} okButtonProps={{ disabled: !moved }} confirmLoading={merge.isPending} onOk={confirm} onCancel={onClose}>
      <p>{t('data:merge.what', { from: `${from.name} (${from.code})`, into: name })}</p>
      {trial.error ? <ProblemAlert error={trial.error} /> : null}
      {moved && (
        <div className="oko-import-words">
          <ul>
            <li>{t('data:merge.sheets', { count: moved.sheets, n: format.number(moved.sheets) })}</li>
            <li>{t('data:merge.others', { n: format.number(moved.aggregates + moved.externals + moved.findings) })}</li>
            <li>{t('data:merge.aliases', { count: moved.aliases, n: format.number(moved.aliases) })}</li>
          </ul>
          <p className="oko-quiet">{t('data:merge.final')}</p>
        </div>
      )}
    </Modal>
  );
}
