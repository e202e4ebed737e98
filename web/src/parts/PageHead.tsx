import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export interface Crumb { title: string; to?: string }

/** Heading of a page: where it stands, its name (also of the window), one sentence of what it is for, its buttons. */
export function PageHead({ title, what, crumbs = [], children }: { title: string; what?: ReactNode; crumbs?: Crumb[]; children?: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => { document.title = `${title} — ${t('brand')}`; }, [title, t]);
  return (
    <div className="oko-page-head">
      <div>
        {crumbs.length > 0 && (
          <nav aria-label={t('crumbs')} className="oko-crumbs">
            <ol>{crumbs.map((crumb) => <li key={crumb.title}>{crumb.to ? <Link to={crumb.to}>{crumb.title}</Link> : crumb.title}</li>)}</ol>
          </nav>
        )}
        <h1>{title}</h1>
        {what && <p>{what}</p>}
      </div>
      {children && <div className="oko-page-acts oko-no-print">{children}</div>}
    </div>
  );
}
