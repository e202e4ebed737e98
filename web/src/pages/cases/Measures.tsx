import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { Due } from '../../parts/Due';
import { StateTag } from '../../parts/StateTag';
import type { CasePageData } from './CasePage';

/** Measures that answer the case. */
export function Measures({ page }: { page: CasePageData }) {
  const { t } = useTranslation('cases');
  const keep = useKeep();
  return (
    <Card title={<h2 className="oko-h2">{t('measures.title')}</h2>}>
      {page.measures.length === 0 ? <p className="oko-quiet">{t('measures.none')}</p> : (
        <ul className="oko-links">
          {page.measures.map((measure) => (
            <li key={measure.id}>
              <Link to={keep(`/measures/${measure.id}`)}>{measure.title}</Link> <StateTag kind="measure" state={measure.state} /> {measure.due && <Due due={measure.due} overdue={measure.overdue ?? false} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
