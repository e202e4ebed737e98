import '../../styles/admin.css';

import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, matchPath, useLocation } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { pages } from '../../app/routes';

const KEYS = [['/', 'search'], ['?', 'help'], ['Tab', 'tab'], ['Enter', 'enter'], ['Esc', 'escape'], ['↑ ↓ ← →', 'arrows']] as const;

/** «?»: keys, what the area at hand is for, and the way to the guide. */
export default function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { pathname } = useLocation();
  const page = pages.find((one) => matchPath(one.path, pathname));
  const { t } = useTranslation(['help', 'app', ...(page ? [page.title.split(':')[0]] : [])]);
  const keep = useKeep();
  const office = $api.useQuery('get', '/setup', {}, { staleTime: Infinity });
  const section = page?.section ?? 'tasks';
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('title')} width={620}>
      {page && page.path !== '/' && <p className="oko-quiet">{t('about', { page: t(page.title) })}</p>}
      <h3 className="oko-h3">{t('how')}</h3>
      <p>{t(`area.${section}`)}</p>
      <h3 className="oko-h3">{t('keys')}</h3>
      <dl className="oko-keys">
        {KEYS.flatMap(([key, name]) => [<dt key={`${key}-key`}><kbd>{key}</kbd></dt>, <dd key={key}>{t(`key.${name}`)}</dd>])}
      </dl>
      {office.data?.contact && <><h3 className="oko-h3">{t('contact')}</h3><p>{office.data.contact}</p></>}
      <p><Link to={keep('/help')} onClick={onClose}>{t('guide')}</Link> <span className="oko-quiet">{t('guide-what')}</span></p>
    </Modal>
  );
}
