import '../../styles/admin.css';

import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { pages } from '../../app/routes';
import { AboutPage } from './AboutPage';
import { pageAt } from './documents';

const KEYS = [['/', 'search'], ['?', 'help'], ['Tab', 'tab'], ['Enter', 'enter'], ['Esc', 'escape'], ['↑ ↓ ← →', 'arrows']] as const;

/** «?»: keys, what the area at hand is for, and the way to the guide. */
export default function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { pathname } = useLocation();
  const page = pageAt(pages, pathname);
  const { t } = useTranslation(['help', 'app', ...(page ? [page.title.split(':')[0]] : [])]);
  const keep = useKeep();
  const office = $api.useQuery('get', '/setup', {}, { staleTime: Infinity });
  const section = page?.section ?? 'tasks';
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('title')} width={620}>
      {page && page.path !== '/' && <p className="oko-quiet">{t('about', { page: t(page.title) })}</p>}
      <h3 className="oko-h3">{t('how')}</h3>
      <p>{t(`area.${section}`)}</p>
      {page && <AboutPage page={page} onGo={onClose} />}
      <h3 className="oko-h3">{t('keys')}</h3>
      <dl className="oko-keys">
        {KEYS.flatMap(([key, name]) => [<dt key={`${key}-key`}><kbd>{key}</kbd></dt>, <dd key={key}>{t(`key.${name}`)}</dd>])}
      </dl>
      {office.data?.contact && <><h3 className="oko-h3">{t('contact')}</h3><p>{office.data.contact}</p></>}
      <p className="oko-row"><Link to={keep('/help')} onClick={onClose}>{t('guide')}</Link><Link to={keep('/help/methods')} onClick={onClose}>{t('document.methods')}</Link></p>
      <p className="oko-quiet">{t('guide-what')}</p>
    </Modal>
  );
}
