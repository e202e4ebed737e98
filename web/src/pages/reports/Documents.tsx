import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { href } from '../../api/client';
import { useKeep } from '../../app/context';
import { pages } from '../../app/routes';
import { useMe } from '../../app/session';

// Documents that are at hand at once, on the pages of their own.
const PLACES = ['/recommendations', '/notes', '/effect', '/data'] as const;

/** What needs no making: published values as a file, and where other documents are found. */
export function Documents({ year }: { year: number }) {
  const { t } = useTranslation('reports');
  const keep = useKeep();
  const { role } = useMe();
  const known = PLACES.filter((path) => pages.some((page) => page.path === path && page.roles.includes(role)));
  return (
    <>
      <Card size="small" title={t('published.title', { year })}>
        <p>{t('published.what')}</p>
        <p className="oko-row">
          <a href={href('/published-values/file', { year, format: 'xlsx' })} download>{t('format.xlsx')}</a>
          <a href={href('/published-values/file', { year, format: 'csv' })} download>{t('format.csv')}</a>
        </p>
      </Card>
      {known.length > 0 && (
        <Card size="small" title={t('places.title')}>
          <ul className="oko-links">{known.map((path) => <li key={path}><Link to={keep(path)}>{t(`places.${path.slice(1)}`)}</Link></li>)}</ul>
        </Card>
      )}
    </>
  );
}
