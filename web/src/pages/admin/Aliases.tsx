import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { KeptForm } from '../../parts/KeptForm';
import { Loaded } from '../../parts/Loaded';
import { useTellFailure } from '../../parts/ProblemAlert';

type Alias = Schemas['Alias'];
const KINDS = ['login', 'oge', 'ege', 'name', 'other'] as const;

function Add({ unit }: { unit: number }) {
  const { t } = useTranslation(['admin', 'app']);
  const [form] = Form.useForm<Schemas['AliasBody']>();
  const add = $api.useMutation('post', '/units/{id}/aliases');
  return (
    <KeptForm<Schemas['AliasBody']> form={form} layout="inline" place={`alias.${unit}`} start={{ kind: 'login' }} className="oko-row"
      onSave={(body) => add.mutateAsync({ params: { path: { id: unit } }, body }).then(() => form.setFieldsValue({ kind: 'login', alias: '' }))}>
      <Form.Item name="kind"><Select aria-label={t('unit.alias-kind')} style={{ width: 180 }} options={KINDS.map((value) => ({ value, label: t(`unit.kind.${value}`) }))} /></Form.Item>
      <Form.Item name="alias" rules={[{ required: true, message: t('app:needed') }]}><Input aria-label={t('unit.alias')} placeholder={t('unit.alias')} maxLength={200} /></Form.Item>
      <Button htmlType="submit" loading={add.isPending}>{t('unit.alias-add')}</Button>
    </KeptForm>
  );
}

/** Codes and names by which rows of files find the unit. */
export function Aliases({ unit }: { unit: number }) {
  const { t } = useTranslation('admin');
  const operator = useRole('operator');
  const tell = useTellFailure();
  const list = $api.useQuery('get', '/units/{id}/aliases', { params: { path: { id: unit } } });
  const remove = $api.useMutation('delete', '/units/{id}/aliases');
  const take = (alias: Alias) => remove.mutate({ params: { path: { id: unit }, query: { kind: alias.kind as (typeof KINDS)[number], alias: alias.alias } } }, { onError: (error) => tell(error) });
  return (
    <section className="oko-section">
      <h2>{t('unit.aliases')}</h2>
      <p>{t('unit.aliases-what')}</p>
      <Loaded of={list} rows={2}>
        {(data) => (data.total === 0 ? <p className="oko-quiet">{t('unit.aliases-none')}</p> : (
          <DataTable<Alias> name={t('unit.aliases')} size="small" className="oko-gap" dataSource={data.items} rowKey={(alias) => `${alias.kind}/${alias.alias}`} columns={[
            { title: t('unit.alias-kind'), dataIndex: 'kind', render: (kind: string) => t(`unit.kind.${kind}`) },
            { title: t('unit.alias'), dataIndex: 'alias' },
            ...(operator ? [{ title: '', key: 'act', render: (_: unknown, alias: Alias) => (
              <Popconfirm title={t('unit.alias-sure')} okText={t('unit.alias-remove')} onConfirm={() => take(alias)}><Button size="small">{t('unit.alias-remove')}</Button></Popconfirm>
            ) }] : []),
          ]} />
        ))}
      </Loaded>
      {operator && <Add unit={unit} />}
    </section>
  );
}
