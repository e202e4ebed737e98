import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api } from '../../api/client';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import { SaveGuests, type Guest } from './invite';

/** New links for all who were invited and have not come yet, as one file. */
export function InviteAll({ unit }: { unit: number | null }) {
  const { t } = useTranslation(['admin', 'app']);
  const tell = useTellFailure();
  const [busy, setBusy] = useState(false);
  const [guests, setGuests] = useState<Guest[] | null>(null);
  const go = async () => {
    setBusy(true);
    try {
      const waiting = await api.GET('/users', { params: { query: { state: 'invited', limit: 1000, ...(unit === null ? {} : { unit }) } } });
      const users = (waiting.data?.items ?? []).map((user) => user.id);
      if (users.length === 0) { toast.info(t('invite.all-none')); return; }
      const { data } = await api.POST('/users/invitations', { body: { users } });
      if (data) setGuests(data.items);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button loading={busy} onClick={() => void go()}>{t('users.invite-all')}</Button>
      {guests && (
        <Modal open title={t('invite.all-title', { count: guests.length })} onCancel={() => setGuests(null)} footer={<><SaveGuests guests={guests} /> <Button onClick={() => setGuests(null)}>{t('app:close')}</Button></>}>
          <p>{t('invite.all-what')}</p>
        </Modal>
      )}
    </>
  );
}
