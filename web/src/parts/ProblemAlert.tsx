import { Alert, Button, type FormInstance } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { isConflict, Problem, Unreachable } from '../api/problem';
import { toast } from './toast';

/** A failure as one sentence. */
export function useSaid(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback((error: unknown) => {
    if (error instanceof Problem) return error.message;
    if (error instanceof Unreachable) return t('app:offline.now');
    return error instanceof Error ? error.message : String(error);
  }, [t]);
}

/** A failure where the content would stand: what, where, what to do, and a way to try again. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  if (!error) return null;
  const problem = error instanceof Problem ? error : null;
  return (
    <Alert
      type={error instanceof Unreachable ? 'warning' : 'error'}
      showIcon
      role="alert"
      className="oko-gap"
      title={said(error)}
      description={problem && (problem.places.length > 0 || problem.request) ? (
        <>
          {problem.places.length > 0 && <ul>{problem.places.map((place) => <li key={`${place.pointer}${place.code}`}>{place.detail}</li>)}</ul>}
          {problem.status >= 500 && <span>{t('app:problem.request', { request: problem.request })}</span>}
        </>
      ) : undefined}
      action={onRetry && <Button onClick={onRetry}>{t('app:problem.retry')}</Button>}
    />
  );
}

/** Tells a failed change: conflicts by their own words, places of a form at its fields, the rest as a message. */
export function useTellFailure(): (error: unknown, form?: FormInstance, root?: string) => void {
  const { t } = useTranslation();
  const said = useSaid();
  return useCallback((error, form, root = '') => {
    if (error instanceof Problem && form) {
      const fields = error.places.map((place) => ({
        name: place.pointer.replace(root, '').split('/').filter(Boolean).map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        errors: [place.detail],
      })).filter((field) => field.name.length > 0);
      if (fields.length > 0) form.setFields(fields as Parameters<FormInstance['setFields']>[0]);
    }
    toast.error(isConflict(error) ? `${said(error)} ${t('app:problem.conflict')}` : said(error));
  }, [said, t]);
}
