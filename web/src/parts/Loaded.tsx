import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ProblemAlert } from './ProblemAlert';

interface Asked<T> { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }

/** What was asked, or that it is on its way, or why it did not come. */
export function Loaded<T>({ of, children, rows = 4 }: { of: Asked<T>; children: (data: T) => ReactNode; rows?: number }) {
  const { t } = useTranslation();
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <ProblemAlert error={of.error} onRetry={() => void of.refetch()} />;
  return (
    <div role="status" aria-label={t('app:loading')} className="oko-bones">
      {Array.from({ length: rows }, (_, i) => <span key={i} />)}
    </div>
  );
}
