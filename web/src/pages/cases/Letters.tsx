import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { useFormat } from '../../parts/format';
import { StateTag } from '../../parts/StateTag';
import type { CasePageData } from './CasePage';

/** Letters about the case. */
export function Letters({ page }: { page: CasePageData }) {
  const { t } = useTranslation('cases');
  const keep = useKeep();
  const format = useFormat();
  const operator = useRole('operator');
  const open = ['cause', 'recommendation', 'plan'].includes(page.case.state);
  return (
    <Card title={<h2 className="oko-h2">{t('letters.title')}</h2>} extra={operator && open && <Link to={keep('/recommendations/new', { case: page.case.id })}><Button size="small">{t('letters.write')}</Button></Link>}>
      {page.letters.length === 0 ? <p className="oko-quiet">{t('letters.none')}</p> : (
        <ul className="oko-links">
          {page.letters.map((letter) => (
            <li key={letter.id}>
              <Link to={keep(`/recommendations/${letter.id}`)}>{letter.body.number ? t('letters.numbered', { number: letter.body.number, date: format.date(letter.body.date) }) : letter.body.subject || letter.title}</Link> <StateTag kind="recommendation" state={letter.state} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
