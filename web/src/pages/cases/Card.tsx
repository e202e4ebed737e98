import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { Due } from '../../parts/Due';
import { useProcedureTitle } from '../../parts/lists';
import { useSign } from './words';

/** One case on the board: where, what, until when. */
export function Card({ card }: { card: Schemas['CaseCard'] }) {
  const { t } = useTranslation('cases');
  const keep = useKeep();
  const sign = useSign();
  const procedure = useProcedureTitle();
  return (
    <Link to={keep(`/cases/${card.id}`)} className="oko-case">
      <b>{card.unit_name || card.unit_code}</b>
      <span>{card.sign && card.sign !== 'other' ? sign(card.sign) : card.title}</span>
      <span className="oko-quiet">{procedure(card.procedure) || card.year}</span>
      {card.due && <Due due={card.due} overdue={card.overdue} />}
      {card.escalated && <Tag color="warning">{t('escalated')}</Tag>}
    </Link>
  );
}
