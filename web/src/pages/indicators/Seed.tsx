import { Button, Dropdown, Space } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

/** Drafts of the year at once: the starter set, or the indicators of the year before. shown: as buttons, for an empty year. */
export function Seed({ year, shown = false }: { year: number; shown?: boolean }) {
  const { t } = useTranslation(['indicators']);
  const tell = useTellFailure();
  const seed = $api.useMutation('post', '/indicators/seed');
  const go = (from?: number) => seed.mutate({ body: from === undefined ? { year } : { year, from } }, {
    onSuccess: (answer) => (answer.changed > 0 ? toast.success(t('seed.made', { count: answer.changed })) : toast.info(t('seed.nothing'))),
    onError: (error) => tell(error),
  });
  const ways = [
    { key: 'base', label: t('seed.base'), go: () => go() },
    { key: 'last', label: t('seed.from', { year: year - 1 }), go: () => go(year - 1) },
  ];
  if (shown) return <Space wrap>{ways.map((way) => <Button key={way.key} loading={seed.isPending} onClick={way.go}>{way.label}</Button>)}</Space>;
  return (
    <Dropdown trigger={['click']} menu={{ items: ways.map(({ key, label }) => ({ key, label })), onClick: ({ key }) => ways.find((way) => way.key === key)?.go() }}>
      <Button loading={seed.isPending} aria-haspopup="menu">{t('seed.name')}</Button>
    </Dropdown>
  );
}
