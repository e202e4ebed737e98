import { CalendarOutlined } from '@ant-design/icons';
import { Button, DatePicker, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useTellFailure } from '../../parts/ProblemAlert';
import { useChange } from '../../parts/records';
import { toast } from '../../parts/toast';
import type { Campaign } from './data';

/** Moves the deadline; forms that are not handed in move with it. */
export function Deadline({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['monitoring', 'app']);
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(campaign.body.deadline ?? '');
  const change = useChange('campaign', campaign.id);
  const tell = useTellFailure();
  const save = () => change.mutate({ change: { body: { deadline: day } }, version: campaign.version }, {
    onSuccess: () => { setOpen(false); toast.success(t('deadline.done')); },
    onError: (error) => tell(error),
  });
  return (
    <>
      <Button icon={<CalendarOutlined />} onClick={() => setOpen(true)}>{t('deadline.name')}</Button>
      <Modal open={open} title={t('deadline.name')} okText={t('app:save')} cancelText={t('app:cancel')} confirmLoading={change.isPending} okButtonProps={{ disabled: !day }} onOk={save} onCancel={() => setOpen(false)}>
        <p>{t('deadline.what')}</p>
        <DatePicker format="DD.MM.YYYY" aria-label={t('column.deadline')} value={day ? dayjs(day) : null} onChange={(value) => setDay(value ? value.format('YYYY-MM-DD') : '')} />
      </Modal>
    </>
  );
}
