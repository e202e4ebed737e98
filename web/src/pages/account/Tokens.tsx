import { Button, Form, Input, InputNumber, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { CopyText } from '../../parts/CopyText';
import { DataTable } from '../../parts/DataTable';
import { FormDialog } from '../../parts/FormDialog';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { useTellFailure } from '../../parts/ProblemAlert';
import { toast } from '../../parts/toast';

type Token = Schemas['Token'];

function MakeToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['account', 'app']);
  const [made, setMade] = useState<Token | null>(null);
  const make = $api.useMutation('post', '/me/tokens');
  if (made) {
    return (
      <Modal open title={t('tokens.made', { name: made.title })} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t('app:close')}</Button>}>
        <p>{t('tokens.once')}</p>
        <CopyText text={made.secret ?? ''} name={t('tokens.made', { name: made.title })} />
      </Modal>
    );
  }
  return (
    <FormDialog<Schemas['TokenBody']> stays place="token.new" start={{ scope: 'read', days: 90 }} requiredMark={false} title={t('tokens.make')} ok={t('tokens.make')}
      onSave={async (body) => setMade(await make.mutateAsync({ body }))} onClose={onClose}>
      <Form.Item name="title" label={t('tokens.name')} rules={[{ required: true, message: t('app:needed') }]}><Input autoFocus maxLength={60} /></Form.Item>
      <Form.Item name="scope" label={t('tokens.scope')}><Select options={(['read', 'write'] as const).map((one) => ({ value: one, label: t(`tokens.${one}`) }))} /></Form.Item>
      <Form.Item name="days" label={t('tokens.days')}><InputNumber min={1} max={366} /></Form.Item>
    </FormDialog>
  );
}

function Table({ tokens }: { tokens: Token[] }) {
  const { t } = useTranslation(['account', 'app']);
  const format = useFormat();
  const tell = useTellFailure();
  const remove = $api.useMutation('delete', '/me/tokens/{id}');
  if (tokens.length === 0) return <p className="oko-quiet">{t('tokens.none')}</p>;
  return (
    <DataTable<Token> name={t('tokens.title')} size="small" dataSource={tokens} className="oko-gap" columns={[
      { title: t('tokens.name'), dataIndex: 'title' },
      { title: t('tokens.scope'), dataIndex: 'scope', render: (scope: Token['scope']) => t(`tokens.${scope}`) },
      { title: t('tokens.used'), dataIndex: 'used', render: (used: string | null) => (used ? format.time(used) : t('tokens.never')) },
      { title: t('tokens.expires'), dataIndex: 'expires', render: (expires: string) => format.date(expires) },
      { title: '', key: 'act', render: (_, token) => (
        <Popconfirm title={t('tokens.remove-sure')} okText={t('tokens.remove')} onConfirm={() => remove.mutate({ params: { path: { id: token.id } } }, { onSuccess: () => toast.success(t('tokens.removed')), onError: (error) => tell(error) })}>
          <Button size="small">{t('tokens.remove')}</Button>
        </Popconfirm>
      ) },
    ]} />
  );
}

export function Tokens() {
  const { t } = useTranslation(['account', 'app']);
  const [making, setMaking] = useState(false);
  const tokens = $api.useQuery('get', '/me/tokens');
  return (
    <section className="oko-section">
      <h2>{t('tokens.title')}</h2>
      <p>{t('tokens.what')}</p>
      <Loaded of={tokens} rows={2}>{(data) => <Table tokens={data.items} />}</Loaded>
      <Button onClick={() => setMaking(true)}>{t('tokens.make')}</Button>
      {making && <MakeToken onClose={() => setMaking(false)} />}
    </section>
  );
}
