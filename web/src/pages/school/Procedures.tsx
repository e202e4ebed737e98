import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { FAMILIES } from '../../parts/evidence';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { PCell } from './PCell';
import { familyP, levelOf, type Procedure, type View } from './view';

/** All procedures with their results and the five families. */
export function Procedures({ unit, view, chosen, onChoose }: { unit: number; view: View; chosen: string; onChoose: (code: string) => void }) {
  const { t } = useTranslation(['school', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  return (
    <section className="oko-card" aria-labelledby="oko-families">
      <h2 id="oko-families">{t('families.title')}</h2>
      <p className="oko-quiet">{t('families.what')}</p>
      <DataTable<Procedure>
        name={t('families.title')}
        rowKey="procedure"
        size="small"
        scroll={{ x: 860 }}
        dataSource={view.procedures}
        rowClassName={(one) => (one.procedure === chosen ? 'oko-chosen' : '')}
        columns={[
          { title: t('families.procedure'), key: 'title', render: (_, one) => <><Button type="link" className="oko-inline" onClick={() => onChoose(one.procedure)}>{one.title}</Button><div><Link className="oko-quiet oko-about oko-no-print" to={keep(`/procedures/${one.procedure}`, { procedure: null })}>{t('families.about')}</Link></div></> },
          { title: t('families.works'), key: 'n', align: 'right', sorter: (a, b) => (a.n ?? 0) - (b.n ?? 0), render: (_, one) => format.number(one.n, 0) },
          { title: t('families.percent'), key: 'percent', align: 'right', sorter: (a, b) => (a.percent ?? 0) - (b.percent ?? 0), render: (_, one) => format.percent(one.percent) },
          { title: t('families.evidence'), key: 'evidence', render: (_, one) => <EvidenceTag level={levelOf(one)} /> },
          ...FAMILIES.map((family) => ({ title: <abbr title={t(`evidence:family.${family}`)}>{t(`evidence:short.${family}`)}</abbr>, key: family, align: 'right' as const, render: (_: unknown, one: Procedure) => <PCell p={familyP(one, family)} /> })),
          { title: <span className="oko-sr">{t('how')}</span>, key: 'how', className: 'oko-no-print', render: (_, one) => <HowMade small of={one.title} source={{ kind: 'sign', unit, procedure: one.procedure }} /> },
        ]}
      />
    </section>
  );
}
