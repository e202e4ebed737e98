import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { useMe, type Role } from '../app/session';

const LEVELS = ['region', 'municipality', 'school'] as const;
export type RecordLevel = (typeof LEVELS)[number];
type Choice = RecordLevel | 'all';

const OWN: Partial<Record<Role, RecordLevel>> = { operator: 'region', head: 'region', auditor: 'region', municipal: 'municipality' };

/** Whose records a list shows: those of the person's own level, of another one or of all; `?level=all` in the address. Under a
 * unit that was chosen above all are shown, and a school has none below itself. `invites`: those above invite those below, so
 * only the region begins with its own. */
export function useRecordLevel({ invites = false }: { invites?: boolean } = {}): { level: RecordLevel | undefined; choice: Choice; choose: (to: Choice) => void; offered: boolean } {
  const { role } = useMe();
  const [search, setSearch] = useSearchParams();
  const own = OWN[role];
  const usual: Choice = own === undefined || search.get('unit') !== null || (invites && own !== 'region') ? 'all' : own;
  const choice = [...LEVELS, 'all' as const].find((one) => one === search.get('level')) ?? usual;
  const choose = (to: Choice) => setSearch((old) => {
    const next = new URLSearchParams(old);
    if (to === usual) next.delete('level'); else next.set('level', to);
    next.delete('page');
    return next;
  });
  return { level: choice === 'all' ? undefined : choice, choice, choose, offered: own !== undefined };
}

export function LevelFilter({ of }: { of: ReturnType<typeof useRecordLevel> }) {
  const { t } = useTranslation();
  if (!of.offered) return null;
  return <Segmented<Choice> aria-label={t('app:levels.name')} value={of.choice} onChange={of.choose} options={[...LEVELS, 'all' as const].map((value) => ({ value, label: t(`app:levels.${value}`) }))} />;
}
