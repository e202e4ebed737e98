import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { NewProcedure } from './NewProcedure';
import { queue, type Entry } from './queue';
import { codeOf, detailOf, hintOf } from './report';

/** The file was not read: why, and what the person can say so that it can be. */
export function NotRead({ entry }: { entry: Entry }) {
  const { t } = useTranslation(['data', 'app']);
  const [describing, setDescribing] = useState(false);
  const hint = hintOf(entry.ended);
  const code = codeOf(entry.ended);
  return (
    <div className="oko-stack">
      <Alert type={hint || code === 'intake.school_needed' ? 'warning' : 'error'} showIcon role="alert" title={t('data:unread.title')} description={<>{detailOf(entry.ended)} {t('data:unread.nothing')}</>} />
      {hint?.kind === 'choose' && (
        <Form layout="inline" onFinish={({ procedure }: { procedure: string }) => queue.again(entry.key, { procedure })}>
          <Form.Item name="procedure" label={t('data:unread.which')} rules={[{ required: true, message: t('app:needed') }]}>
            <Select style={{ minWidth: 260 }} options={hint.codes.map((one) => ({ value: one.code, label: `${one.title} (${one.code})` }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit">{t('data:unread.read')}</Button>
        </Form>
      )}
      {hint?.kind === 'describe' && <div className="oko-row"><Button type="primary" onClick={() => setDescribing(true)}>{t('data:unread.describe')}</Button><span className="oko-quiet">{t('data:unread.describe-what')}</span></div>}
      {hint?.kind === 'describe' && describing && (
        <NewProcedure start={hint.procedure} onClose={() => setDescribing(false)} onSaved={(saved) => { setDescribing(false); queue.again(entry.key, { procedure: saved }); }} />
      )}
      {code === 'intake.school_needed' && (
        <Form layout="inline" onFinish={({ school }: { school: string }) => queue.again(entry.key, { school: school.trim() })}>
          <Form.Item name="school" label={t('data:unread.school')} rules={[{ required: true, message: t('app:needed') }]}><Input placeholder="edu203389" /></Form.Item>
          <Button type="primary" htmlType="submit">{t('data:unread.read')}</Button>
        </Form>
      )}
    </div>
  );
}
