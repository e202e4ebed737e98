import { CalendarOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { FormDialog } from '../../parts/FormDialog';
import { useChange } from '../../parts/records';
import { toast } from '../../parts/toast';
import type { Campaign } from './data';

interface Typed { deadline: Dayjs }

/** Moves the deadline; forms that are not handed in move with it. */
export function Deadline({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['monitoring', 'app']);
  const [open, setOpen] = useState(false);
  const change = useChange('campaign', campaign.id);
  const save = async ({ deadline }: Typed) => {
    await change.mutateAsync({ change: { body: { deadline: deadline.format('YYYY-MM-DD') } }, version: campaign.version });
    toast.success(t('deadline.done'));
  };
  return (
    <>
      <Button icon={<CalendarOutlined />} onClick={() => setOpen(true)}>{t('deadline.name')}</Button>
      {open && (
        <FormDialog<Typed> place={`campaign.${campaign.id}.deadline`} base={campaign.version} start={campaign.body.deadline ? { deadline: dayjs(campaign.body.deadline) } : {}} title={t('deadline.name')} ok={t('app:save')}
          lead={<p>{t('deadline.what')}</p>} onSave={save} onClose={() => setOpen(false)}>
          <Form.Item name="deadline" label={t('column.deadline')} rules={[{ required: true, message: t('app:needed') }]}><DatePicker format="DD.MM.YYYY" /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
