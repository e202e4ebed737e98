import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import type { Indicator } from './data';

/** One step for all indicators of the year that may take it now: hand in, approve. */
export function ActAll({ items, action, year }: { items: Indicator[]; action: 'submit' | 'approve'; year: number | undefined }) {
  const { t } = useTranslation(['indicators', 'app']);
  const tell = useTellFailure();
  const act = $api.useMutation('post', '/indicators/actions');
  const count = items.filter((one) => one.actions.includes(action)).length;
  if (count < 2 || year === undefined) return null;
  const go = () => act.mutate({ body: { year, action } }, {
    onSuccess: (answer) => toast.success(t('register.changed', { count: answer.changed })),
    onError: (error) => tell(error),
  });
  return (
    <Popconfirm title={t(`register.sure-${action}`, { count })} okText={t('register.yes')} cancelText={t('app:cancel')} onConfirm={go}>
      <Button loading={act.isPending}>{t(`register.all-${action}`, { count })}</Button>
    </Popconfirm>
  );
}
