import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { pages } from '../../app/routes';
import { useMe, type Role } from '../../app/session';

// Where each role looks most often, besides its tasks.
const PLACES: Record<Role, readonly string[]> = {
  operator: ['/roadmap', '/analysis', '/cases', '/events', '/reports'],
  head: ['/roadmap', '/analysis', '/indicators', '/reports'],
  municipal: ['/roadmap', '/analysis', '/cases', '/events', '/reports'],
  school: ['/roadmap', '/notes', '/cases', '/events', '/reports'],
  observer: ['/observations'],
  auditor: ['/roadmap', '/analysis', '/reports', '/admin/audit'],
  admin: ['/admin/users', '/admin/backups'],
};

/** Short ways to the pages of the role. */
export function NextPlaces() {
  const { t } = useTranslation('tasks');
  const { role } = useMe();
  const places = PLACES[role].filter((path) => pages.some((page) => page.path === path && page.roles.includes(role)));
  if (places.length === 0) return null;
  return (
    <nav aria-label={t('places.title')} className="oko-places">
      {places.map((path) => (
        <Link key={path} to={path} className="oko-panel"><b>{t(`places.${path.slice(1).replace('/', '-')}.name`)}</b><span className="oko-quiet">{t(`places.${path.slice(1).replace('/', '-')}.what`)}</span></Link>
      ))}
    </nav>
  );
}
