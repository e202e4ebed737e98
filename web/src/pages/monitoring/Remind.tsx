import { BellOutlined } from '@ant-design/icons';
import { Button, Drawer, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useRole } from '../../app/session';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

function Late({ items }: { items: Schemas['LateForms']['items'] }) {
  const { t } = useTranslation(['monitoring']);
  const format = useFormat();
  if (items.length === 0) return <EmptyState why={t('remind.none')} />;
  return (
    <ul className="oko-links">
      {items.map((one) => (
        <li key={one.form}>
          <Link to={`/monitoring/forms/${one.form}`}>{one.name}</Link> <span className="oko-quiet">{one.reminded ? t('remind.at', { date: format.date(one.reminded) }) : t('remind.never')}</span>
          <Typography.Paragraph copyable={{ tooltips: [t('remind.copy'), t('remind.copied')] }}>{one.text}</Typography.Paragraph>
        </li>
      ))}
    </ul>
  );
}

/** Who is late, with the words of a reminder to send by the region's own mail; a note goes into their forms. */
export function Remind({ id }: { id: number }) {
  const { t } = useTranslation(['monitoring']);
  const [open, setOpen] = useState(false);
  const sees = useRole('operator', 'municipal', 'head', 'auditor');
  const may = useRole('operator', 'municipal');
  const tell = useTellFailure();
  const late = $api.useQuery('get', '/campaigns/{id}/late', { params: { path: { id } } }, { enabled: open });
  const note = $api.useMutation('post', '/campaigns/{id}/reminders');
  if (!sees) return null;
  const go = () => note.mutate({ params: { path: { id } } }, {
    onSuccess: (answer) => toast.success(t('remind.done', { count: answer.changed })),
    onError: (error) => tell(error),
  });
  return (
    <>
      <Button icon={<BellOutlined />} onClick={() => setOpen(true)}>{t('remind.name')}</Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('remind.name')} size="large">
        <p>{t('remind.what')}</p>
        {may && (late.data?.total ?? 0) > 0 && <Button type="primary" className="oko-gap" loading={note.isPending} onClick={go}>{t('remind.go')}</Button>}
        <Loaded of={late}>{(data) => <Late items={data.items} />}</Loaded>
      </Drawer>
    </>
  );
}
