import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { CopyText } from '../../parts/CopyText';
import { useSaid } from '../../parts/ProblemAlert';

/** Recomputes the chain of the log and says what that proves. */
export function Proof() {
  const { t } = useTranslation(['admin', 'app']);
  const said = useSaid();
  const [open, setOpen] = useState(false);
  const proof = $api.useQuery('get', '/audit/proof', {}, { enabled: open, gcTime: 0, staleTime: 0 });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('audit.proof')}</Button>
      {open && (
        <Modal open title={t('audit.proof')} onCancel={() => setOpen(false)} footer={<Button type="primary" onClick={() => setOpen(false)}>{t('app:close')}</Button>}>
          {proof.isFetching && <p role="status">{t('app:loading')}</p>}
          {!proof.isFetching && proof.error && <Alert type="error" showIcon role="alert" title={t('audit.proof-bad')} description={said(proof.error)} />}
          {!proof.isFetching && proof.data && (
            <div role="status" className="oko-stack">
              <Alert type="success" showIcon title={t('audit.proof-fine', { count: proof.data.lines })} />
              <p>{t('audit.proof-what')}</p>
              <CopyText text={proof.data.head} name={t('audit.proof-head')} />
            </div>
          )}
        </Modal>
      )}
    </>
  );
}
