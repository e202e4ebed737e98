import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, EditOutlined, ExclamationCircleOutlined, SyncOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { RecordKind } from './flows';

type Tone = 'draft' | 'wait' | 'work' | 'done' | 'back' | 'off';
const TONES: Record<string, Tone> = {
  draft: 'draft', planned: 'draft', scheduled: 'draft', invited: 'draft', signal: 'draft', available: 'draft', invitedUser: 'draft',
  review: 'wait', submitted: 'wait', reported: 'wait', acceptance: 'wait', explanation: 'wait', triage: 'wait', sent: 'wait', read: 'wait', cause: 'wait', recommendation: 'wait', plan: 'wait', effect: 'wait', held: 'wait',
  'in-progress': 'work', open: 'work', registered: 'work', execution: 'work', verified: 'work',
  active: 'done', done: 'done', accepted: 'done', approved: 'done', published: 'done', closed: 'done', final: 'done', attended: 'done', confirmed: 'done', given: 'done', chosen: 'done', kept: 'done', answered: 'done',
  returned: 'back', repeated: 'back', absent: 'back',
  cancelled: 'off', archived: 'off', retired: 'off', dismissed: 'off', withdrawn: 'off', 'not-applicable': 'off',
};
const LOOK: Record<Tone, { color?: string; icon: ReactNode }> = {
  draft: { icon: <EditOutlined /> },
  wait: { color: 'processing', icon: <ClockCircleOutlined /> },
  work: { color: 'processing', icon: <SyncOutlined /> },
  done: { color: 'success', icon: <CheckCircleOutlined /> },
  back: { color: 'warning', icon: <ExclamationCircleOutlined /> },
  off: { icon: <CloseCircleOutlined /> },
};

/** State of a record in words, with a sign beside the colour. */
export function StateTag({ kind, state }: { kind: RecordKind; state: string }) {
  const { t } = useTranslation('records');
  const look = LOOK[TONES[state] ?? 'draft'];
  return <Tag color={look.color} icon={look.icon} className="oko-state">{t(`${kind}.state.${state}`)}</Tag>;
}
