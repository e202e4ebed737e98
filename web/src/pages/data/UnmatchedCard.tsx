import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { late } from '../../app/late';
import { useRole } from '../../app/session';
import { useFormat } from '../../parts/format';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';
import type { Unmatched } from './Matching';
import { MergeDialog } from './MergeDialog';

const UnitPicker = late(() => import('../../parts/UnitPicker'));

function Candidate({ of, onJoin }: { of: Unmatched['candidates'][number]; onJoin?: () => void }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  return (
    <div className="oko-candidate">
      <span className="oko-score oko-number" title={t('match.score')}>{format.share(of.score, 0)}</span>
      <span>
        <span>{of.unit.name}</span> {of.unit.name !== of.unit.code && <span className="oko-quiet oko-number">{of.unit.code}</span>}
        <span className="oko-quiet"> · {of.above} · {t('match.works', { count: of.works, n: format.number(of.works) })}</span>
        <span className="oko-row">{of.reasons.map((reason) => <Tag key={reason}>{t(`match.reason.${reason}`)}</Tag>)}</span>
      </span>
      {onJoin && <Button size="small" onClick={onJoin} aria-label={t('match.join-with', { name: of.unit.name })}>{t('match.join')}</Button>}
    </div>
  );
}

/** One unconfirmed organisation: what is known of it, whom it may be, and the two ways on. */
export function UnmatchedCard({ of }: { of: Unmatched }) {
  const { t } = useTranslation(['data', 'app']);
  const format = useFormat();
  const keep = useKeep();
  const tell = useTellFailure();
  const operator = useRole('operator');
  const [into, setInto] = useState<number | null>(null);
  const [picking, setPicking] = useState(false);
  const confirm = $api.useMutation('post', '/units/confirm');
  // The card may be gone before the answer is told: mutate's own callbacks would go with it.
  const asNew = () => void confirm.mutateAsync({ body: { units: [of.unit.id] } }).then(() => toast.success(t('data:match.is-new', { name: of.unit.name })), tell);
  return (
    <div className="oko-stack">
      <div className="oko-page-head" style={{ marginBottom: 0 }}>
        <div>
          <strong>{of.unit.name}</strong> {of.unit.name !== of.unit.code && <span className="oko-quiet oko-number">{of.unit.code}</span>}
          <div className="oko-quiet">
            {t(`app:level.${of.unit.level}`)}{of.above && ` · ${of.above}`}
            {of.unit.level === 'school' && ` · ${t('data:match.works', { count: of.works, n: format.number(of.works) })}`}
            {of.import && <> · {t('data:match.from')} <Link to={keep(`/data/imports/${of.import.id}`)}>{of.import.file}</Link></>}
          </div>
        </div>
        {operator && (
          <div className="oko-page-acts">
            <Button size="small" type={of.candidates.length === 0 ? 'primary' : 'default'} loading={confirm.isPending} onClick={asNew} aria-label={t('data:match.new-of', { name: of.unit.name })}>{t('data:match.new')}</Button>
            <Button size="small" onClick={() => setPicking(true)}>{t('data:match.other')}</Button>
          </div>
        )}
      </div>
      {of.candidates.length > 0 && <div>{of.candidates.map((one) => <Candidate key={one.unit.id} of={one} onJoin={operator ? () => setInto(one.unit.id) : undefined} />)}</div>}
      {picking && <UnitPicker chosen={null} onPick={(id) => { setPicking(false); setInto(id); }} onClose={() => setPicking(false)} />}
      {into !== null && <MergeDialog from={of.unit} into={into} onClose={() => setInto(null)} />}
    </div>
  );
}
