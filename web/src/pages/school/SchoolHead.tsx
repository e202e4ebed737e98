import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { PageHead, type Crumb } from '../../parts/PageHead';
import { useUnit, type Unit } from './view';

/** Region → municipality → school, as far as the person may see. */
export function useSchoolCrumbs(unit: Unit | undefined): Crumb[] {
  const { t } = useTranslation('school');
  const keep = useKeep();
  const me = useMe();
  const above = me.role !== 'school' && unit?.parent !== null && unit?.parent !== undefined;
  const parent = useUnit(above ? unit!.parent! : (unit?.id ?? 0)).data;
  if (!above || !unit) return [];
  const region: Crumb[] = me.role === 'municipal' ? [] : [{ title: t('crumb.region'), to: keep('/analysis', { unit: null }) }];
  return [...region, { title: parent && parent.id !== unit.id ? parent.name : '…', to: keep(`/analysis/municipalities/${unit.parent}`, { unit: null }) }];
}

/** Heading of the pages of one school; `more` goes on after the school. */
export function SchoolHead({ unit, title, what, more, children }: { unit: Unit; title: string; what?: ReactNode; more?: boolean; children?: ReactNode }) {
  const keep = useKeep();
  const crumbs = useSchoolCrumbs(unit);
  return <PageHead title={title} what={what} crumbs={more ? [...crumbs, { title: unit.name, to: keep(`/analysis/schools/${unit.id}`) }] : crumbs}>{children}</PageHead>;
}
