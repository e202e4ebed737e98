import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useTitle } from '../indicators/data';
import { useFields, type Campaign } from './data';

/** What a campaign computes and asks for. */
export function About({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['monitoring', 'app']);
  const { fields, words } = useFields();
  const title = useTitle();
  const year = campaign.year ?? campaign.body.year;
  const list = $api.useQuery('get', '/indicators', { params: { query: { ...(year ? { year } : {}), limit: 500 } } });
  const codes = campaign.body.indicators ?? [];
  const own = (list.data?.items ?? []).filter((one) => codes.includes(one.body.code ?? ''));
  return (
    <section className="oko-panel" aria-label={t('about.title')}>
      <h2>{t('about.title')}</h2>
      {campaign.body.description && <p>{campaign.body.description}</p>}
      <dl className="oko-facts">
        <dt>{t('about.levels')}</dt><dd>{(campaign.body.levels ?? []).map((level) => t(`app:level.${level}`)).join(', ') || '—'}</dd>
        <dt>{t('about.fields')}</dt><dd>{fields.filter((field) => (campaign.body.fields ?? []).includes(field.code)).map((field) => words(field).title).join('; ') || '—'}</dd>
      </dl>
      <details>
        <summary>{t('about.indicators', { count: codes.length })}</summary>
        <ul className="oko-links">{own.map((one) => <li key={one.id}><Link to={`/indicators/${one.id}`}>{title(one)}</Link></li>)}</ul>
      </details>
      <p><Link to={`/indicators/values?campaign=${campaign.id}&year=${year ?? ''}`}>{t('about.values')}</Link></p>
    </section>
  );
}
