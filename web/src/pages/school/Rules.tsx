import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import type { Schemas } from '../../api/client';
import type { View } from './view';

type Sign = Schemas['OwnSign'];

/** Federal and regional rules: what each says of the procedure, beside the five families. */
export function Rules({ unit, view, procedure }: { unit: number; view: View; procedure: string }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  const rows = view.signs.filter((one) => one.procedure === procedure);
  return (
    <section className="oko-card" aria-labelledby="oko-rules">
      <h2 id="oko-rules">{t('rules.title')}</h2>
      <p className="oko-quiet">{t('rules.what')}</p>
      {rows.length === 0 ? <EmptyState why={t('rules.none')} /> : (
        <DataTable<Sign>
          name={t('rules.title')}
          size="small"
          scroll={{ x: 700 }}
          rowKey="rule"
          dataSource={rows}
          columns={[
            { title: t('rules.rule'), key: 'rule', render: (_, one) => <>{one.name ?? one.rule}<div className="oko-quiet">{t(one.official ? 'rules.official' : 'rules.own')}</div></> },
            { title: t('rules.marked'), key: 'marked', render: (_, one) => (one.marked ? <Tag className="oko-tag" color="orange" icon={<ExclamationCircleOutlined />}>{t('rules.yes')}</Tag> : <Tag icon={<CheckCircleOutlined />}>{t('rules.no')}</Tag>) },
            { title: t('rules.observed'), key: 'observed', align: 'right', render: (_, one) => format.number(one.observed) },
            { title: t('rules.expected'), key: 'expected', align: 'right', render: (_, one) => format.number(one.expected) },
            { title: t('rules.effect'), key: 'effect', align: 'right', render: (_, one) => format.number(one.effect) },
            { title: t('families.works'), key: 'n', align: 'right', render: (_, one) => format.number(one.n, 0) },
            { title: <span className="oko-sr">{t('how')}</span>, key: 'how', className: 'oko-no-print', render: (_, one) => <HowMade small of={one.name ?? one.rule} source={{ kind: 'result', unit, procedure, rule: one.rule }} /> },
          ]}
        />
      )}
    </section>
  );
}
