import { CalendarOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { CopyText } from '../../parts/CopyText';
import { useFormat } from '../../parts/format';
import { useTellFailure } from '../../parts/ProblemAlert';

/** A secret address by which a phone or a mail program shows the events; a new one ends the one before. */
export function FeedButton() {
  const { t } = useTranslation(['events', 'app']);
  const [open, setOpen] = useState(false);
  const make = $api.useMutation('post', '/me/calendar');
  const tell = useTellFailure();
  const format = useFormat();
  const close = () => { setOpen(false); make.reset(); };
  return (
    <>
      <Button icon={<CalendarOutlined />} onClick={() => setOpen(true)}>{t('events:feed.name')}</Button>
      <Modal open={open} title={t('events:feed.name')} onCancel={close} footer={<Button onClick={close}>{t('app:close')}</Button>} destroyOnHidden>
        <p>{t('events:feed.what')}</p>
        {make.data ? (
          <>
            <CopyText text={`${location.origin}${make.data.path}`} name={t('events:feed.name')} />
            <p className="oko-quiet">{t('events:feed.until', { date: format.date(make.data.expires) })}</p>
          </>
        ) : <Button type="primary" loading={make.isPending} onClick={() => make.mutate({}, { onError: (error) => tell(error) })}>{t('events:feed.go')}</Button>}
      </Modal>
    </>
  );
}
