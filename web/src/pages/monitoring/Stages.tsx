import { CheckCircleOutlined, CheckOutlined, ClockCircleOutlined, EditOutlined, ExclamationCircleOutlined, RollbackOutlined, SendOutlined, StopOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { STAGES, type Stage } from './data';
import '../../styles/monitoring.css';

const LOOK: Record<Stage, { color?: string; icon: ReactNode }> = {
  untouched: { icon: <StopOutlined /> },
  filling: { color: 'processing', icon: <EditOutlined /> },
  submitted: { color: 'processing', icon: <SendOutlined /> },
  verified: { color: 'processing', icon: <CheckOutlined /> },
  accepted: { color: 'success', icon: <CheckCircleOutlined /> },
  returned: { color: 'warning', icon: <RollbackOutlined /> },
  late: { color: 'error', icon: <ClockCircleOutlined /> },
};

export function StageTag({ stage }: { stage: Stage }) {
  const { t } = useTranslation('monitoring');
  return <Tag color={LOOK[stage].color} icon={LOOK[stage].icon} className="oko-state">{t(`one.${stage}`)}</Tag>;
}

interface Props { counts: Record<Stage, number>; total: number; chosen: Stage | null; onChoose: (stage: Stage | null) => void }

/** How many forms stand where; a press shows only those. */
export function StageFilter({ counts, total, chosen, onChoose }: Props) {
  const { t } = useTranslation('monitoring');
  const button = (stage: Stage | null, count: number, icon: ReactNode) => (
    <button key={stage ?? 'all'} type="button" className="oko-stage" data-stage={stage ?? 'all'} aria-pressed={chosen === stage} onClick={() => onChoose(chosen === stage ? null : stage)}>
      <b>{count}</b><span>{icon} {stage ? t(`stage.${stage}`) : t('stage.all')}</span>
    </button>
  );
  return (
    <div className="oko-stages" role="group" aria-label={t('board.stages')}>
      {button(null, total, null)}
      {STAGES.map((stage) => button(stage, counts[stage], LOOK[stage].icon))}
      {button('late', counts.late, <ExclamationCircleOutlined />)}
    </div>
  );
}

/** The same as one bar, for a row of a table. */
export function StageBar({ counts, total }: { counts: Record<Stage, number>; total: number }) {
  const { t } = useTranslation('monitoring');
  const said = STAGES.filter((stage) => counts[stage] > 0).map((stage) => `${t(`stage.${stage}`)}: ${counts[stage]}`).join(', ');
  return (
    <div className="oko-stage-bar" role="img" aria-label={said} title={said}>
      {[...STAGES].reverse().map((stage) => counts[stage] > 0 && <span key={stage} data-stage={stage} style={{ flexGrow: counts[stage] / Math.max(total, 1) }} />)}
    </div>
  );
}
