import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { CopyText } from '../../parts/CopyText';
import { csv, saveText } from '../../parts/csv';
import { useFormat } from '../../parts/format';

export type Guest = Schemas['Guest'];
export const linkOf = (secret: string): string => `${location.origin}/invitation#${secret}`;

/** The link of one invitation, shown this once. */
export function InviteDialog({ invitation, onClose }: { invitation: Schemas['Invitation']; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'app']);
  const format = useFormat();
  return (
    <Modal open title={t('invite.title', { name: invitation.user.name })} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t('app:close')}</Button>}>
      <p>{t('invite.what', { until: format.time(invitation.expires) })}</p>
      <CopyText text={linkOf(invitation.secret)} name={t('invite.link')} />
    </Modal>
  );
}

/** All links as a table for the office. */
export function SaveGuests({ guests }: { guests: Guest[] }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const save = () => {
    const head = ['login', 'name', 'unit', 'code', 'link', 'until'].map((one) => t(`invite.columns.${one}`));
    const rows = guests.map((guest) => [guest.user.login, guest.user.name, guest.unit_name, guest.unit_code, linkOf(guest.secret ?? ''), format.time(guest.expires)]);
    saveText(t('invite.file-name'), csv([head, ...rows]));
  };
  return <Button type="primary" onClick={save}>{t('invite.file')}</Button>;
}
