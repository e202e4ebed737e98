import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { anchorOf } from '../../parts/blocks';
import { KeptForm } from '../../parts/KeptForm';
import { NewProcedure } from './NewProcedure';
import { queue, type Entry } from './queue';
import { codeOf, detailOf, hintOf } from './report';

const KINDS = ['works', 'register', 'recheck', 'observers', 'medals', 'list', 'reference'] as const;

/** The file was not read: why, and what the person can say so that it can be. */
export function NotRead({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation(['data', 'app']);
  const [describing, setDescribing] = useState(false);
  const hint = hintOf(entry.ended);
  const code = codeOf(entry.ended);
  const own = `data:unread.why.${code.replace('intake.', '')}`;
  return (
    <div className="oko-stack">
      <Alert type={hint || code === 'intake.school_needed' ? 'warning' : 'error'} showIcon role="alert" title={t('data:unread.title')} description={<>{i18n.exists(own) ? t(own) : detailOf(entry.ended)} {t('data:unread.nothing')}</>} />
      {code === 'intake.unknown_layout' && (
        <div>
          <p>{t('data:unread.kinds')}</p>
          <ul>{KINDS.map((kind) => <li key={kind}><strong>{t(`data:unread.kind.${kind}.name`)}</strong> — {t(`data:unread.kind.${kind}.columns`)}</li>)}</ul>
          <p><Link to={`/help#${anchorOf(t('data:page.load'))}`}>{t('data:unread.more')}</Link></p>
        </div>
      )}
      {hint?.kind === 'choose' && (
        <KeptForm<{ procedure: string }> layout="inline" place={`data.which.${entry.file.name}`} onSave={async ({ procedure }) => queue.again(entry.key, { procedure })}>
          <Form.Item name="procedure" label={t('data:unread.which')} rules={[{ required: true, message: t('app:needed') }]}>
            <Select style={{ minWidth: 260 }} options={hint.codes.map((one) => ({ value: one.code, label: `${one.title} (${one.code})` }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit">{t('data:unread.read')}</Button>
        </KeptForm>
      )}
      {hint?.kind === 'describe' && <div className="oko-row"><Button type="primary" onClick={() => setDescribing(true)}>{t('data:unread.describe')}</Button><span className="oko-quiet">{t('data:unread.describe-what')}</span></div>}
      {hint?.kind === 'describe' && describing && (
        <NewProcedure start={hint.procedure} onClose={() => setDescribing(false)} onSaved={(saved) => { setDescribing(false); queue.again(entry.key, { procedure: saved }); }} />
      )}
      {code === 'intake.school_needed' && (
        <KeptForm<{ school: string }> layout="inline" place={`data.school.${entry.file.name}`} onSave={async ({ school }) => queue.again(entry.key, { school: school.trim() })}>
          <Form.Item name="school" label={t('data:unread.school')} rules={[{ required: true, message: t('app:needed') }]}><Input placeholder="edu203389" /></Form.Item>
          <Button type="primary" htmlType="submit">{t('data:unread.read')}</Button>
        </KeptForm>
      )}
    </div>
  );
}
