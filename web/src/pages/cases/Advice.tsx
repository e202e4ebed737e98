import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { useCatalogue, useCauses } from '../../parts/lists';
import type { CasePageData } from './CasePage';

/** What the base of recommendations says to this sign and cause. */
export function Advice({ page }: { page: CasePageData }) {
  const { t } = useTranslation('cases');
  const { name } = useCauses();
  const catalogue = useCatalogue();
  const { advice } = page.advice;
  return (
    <Card title={<h2 className="oko-h2">{t('advice.title')}</h2>}>
      {advice.length === 0 && <p className="oko-quiet">{t('advice.none')}</p>}
      {advice.map((one) => (
        <article key={`${one.id}.${one.cause}`} className="oko-gap">
          <h3>{name(one.cause)} {one.exact && <Tag color="success">{t('advice.exact')}</Tag>}</h3>
          <p>{one.text}</p>
          {one.measures.length > 0 && <p className="oko-quiet">{t('advice.measures', { list: one.measures.map(catalogue.name).join('; ') })}</p>}
        </article>
      ))}
    </Card>
  );
}
