import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useRole } from '../../app/session';
import { EmptyState } from '../../parts/EmptyState';
import { useTellFailure } from '../../parts/ProblemAlert';

/** No roadmap yet: the built-in one of 2020–2022 is put in by one press, and later copied to other years. */
export function NoRoadmap() {
  const { t } = useTranslation('roadmap');
  const operator = useRole('operator');
  const seed = $api.useMutation('post', '/roadmaps/seed');
  const tell = useTellFailure();
  return (
    <EmptyState why={t(operator ? 'none.operator' : 'none.others')}
      next={operator && <Button type="primary" loading={seed.isPending} onClick={() => seed.mutate({}, { onError: (error) => tell(error) })}>{t('none.seed')}</Button>} />
  );
}
