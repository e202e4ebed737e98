import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { useCatalogue, useCauses } from '../../parts/lists';
import type { CasePageData } from './CasePage';

/** Cases of the same sign elsewhere: what was done and whether it helped; schools out of sight stay without a name. */
export function Similar({ page }: { page: CasePageData }) {
  const { t } = useTranslation(['cases', 'records']);
  const keep = useKeep();
  const { name } = useCauses();
  const catalogue = useCatalogue();
  const shown = page.similar.slice(0, 6);
  return (
    <Card title={<h2 className="oko-h2">{t('similar.title')}</h2>}>
      {shown.length === 0 && <p className="oko-quiet">{t('similar.none')}</p>}
      <ul className="oko-links">
        {shown.map((one, i) => (
          <li key={one.case ?? `other-${i}`}>
            {one.case ? <Link to={keep(`/cases/${one.case}`)}>{one.name || one.code}, {one.year}</Link> : <span>{t('similar.other', { year: one.year })}</span>}
            {one.cause && <div>{name(one.cause)}{one.same_cause && ` (${t('similar.same-cause')})`}</div>}
            {one.measures.length > 0 && <div className="oko-quiet">{[...new Set(one.measures.map((measure) => catalogue.name(measure.code)))].join('; ')}</div>}
            <div>{one.effect ? t('similar.effect', { what: t(`records:choice.${one.effect}`) }) : t('similar.no-effect')}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
