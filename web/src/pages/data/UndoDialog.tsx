import { Alert, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useFormat } from '../../parts/format';
import { ProblemAlert, useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import type { Import } from './report';

/** What taking the file back would change, tried before it is done; or which later file stands in the way. */
export function UndoDialog({ of, onClose }: { of: Import; onClose: () => void }) {
  const { t } = useTranslation(['data', 'app']);
  const format = useFormat();
  const keep = useKeep();
  const go = useNavigate();
  const tell = useTellFailure();
  const blocked = of.blocked_by ?? [];
  const trial = $api.useMutation('post', '/imports/{id}/undo');
  const undo = $api.useMutation('post', '/imports/{id}/undo');
  const path = { path: { id: of.id } };
  const { mutate: attempt } = trial;
  useEffect(() => { if (blocked.length === 0) attempt({ params: { path: { id: of.id } }, body: { dry_run: true } }); }, [attempt, of.id, blocked.length]);
  const confirm = () => undo.mutate({ params: path, body: {} }, {
    onSuccess: () => { toast.success(t('data:undo.done')); onClose(); void go(keep('/data')); },
    onError: (error) => tell(error),
  });
  const facts = trial.data;
  return (
    <Modal
      open
      title={t('data:undo.title', { file: of.file })}
      okText={t('data:undo.confirm')}
      cancelText={t('app:cancel')}
      okButtonProps={{ danger: true, disabled: !facts }}
      confirmLoading={undo.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      {blocked.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('data:undo.blocked')}
          description={<ol className="oko-links">{blocked.map((one) => <li key={one.id}><Link to={keep(`/data/imports/${one.id}`)} onClick={onClose}>№ {one.id} · {one.file}</Link> <span className="oko-quiet">{format.time(one.created)}</span></li>)}</ol>}
        />
      )}
      {trial.error ? <ProblemAlert error={trial.error} /> : null}
      {blocked.length === 0 && trial.isPending && <p role="status">{t('data:undo.counting')}</p>}
      {facts && (
        <div className="oko-import-words">
          <ul>
            <li>{t('data:undo.sheets', { ended: format.number(facts.sheets_ended), back: format.number(facts.sheets_back) })}</li>
            {facts.others_ended + facts.others_back > 0 && <li>{t('data:undo.others', { ended: format.number(facts.others_ended), back: format.number(facts.others_back) })}</li>}
            {facts.units_gone > 0 && <li>{t('data:undo.units-gone', { count: facts.units_gone, n: format.number(facts.units_gone) })}</li>}
            {facts.units_kept > 0 && <li>{t('data:undo.units-kept', { count: facts.units_kept, n: format.number(facts.units_kept) })}</li>}
          </ul>
          <p className="oko-quiet">{t('data:undo.history')}</p>
        </div>
      )}
    </Modal>
  );
}
