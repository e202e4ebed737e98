import '../styles/admin.css';

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../api/client';
import { useKeep } from './context';
import { useRole } from './session';

/** All is made up here, and can be put back. */
export default function DemoNotice() {
  const { t } = useTranslation();
  const keep = useKeep();
  const may = useRole('admin', 'operator');
  const { data } = $api.useQuery('get', '/setup', {}, { staleTime: Infinity });
  if (!data?.demo) return null;
  return (
    <div className="oko-demo oko-no-print" role="note">
      <span>{t('demo.title')}</span>
      {may && <Link to={keep('/admin/settings')}>{t('demo.reset')}</Link>}
    </div>
  );
}
