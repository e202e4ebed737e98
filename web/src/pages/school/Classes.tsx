import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKeep } from '../../app/context';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { FAMILIES } from '../../parts/evidence';
import { EvidenceTag } from '../../parts/EvidenceTag';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { PCell } from './PCell';
import { classPath, familyP, levelOf, type OwnClass, type Procedure } from './view';

/** Classes that wrote the procedure. */
export function Classes({ unit, of }: { unit: number; of: Procedure }) {
  const { t } = useTranslation(['school', 'evidence']);
  const format = useFormat();
  const keep = useKeep();
  const name = (one: OwnClass) => one.key || t('classes.no-name');
  const classes = of.classes ?? [];
  return (
    <section className="oko-card" aria-labelledby="oko-classes">
      <h2 id="oko-classes">{t('classes.title')}</h2>
      <p className="oko-quiet">{of.title}</p>
      {classes.length === 0 ? <EmptyState why={t('classes.none')} /> : (
        <DataTable<OwnClass>
          name={t('classes.title')}
          size="small"
          scroll={{ x: 700 }}
          rowKey="key"
          dataSource={classes}
          columns={[
            { title: t('classes.class'), key: 'class', render: (_, one) => <Link to={keep(classPath(unit, one.key), { procedure: of.procedure })}>{name(one)}</Link> },
            { title: t('families.works'), key: 'n', align: 'right', render: (_, one) => format.number(one.n, 0) },
            { title: t('families.evidence'), key: 'evidence', render: (_, one) => <EvidenceTag level={levelOf(one)} /> },
            ...FAMILIES.map((family) => ({ title: <abbr title={t(`evidence:family.${family}`)}>{t(`evidence:short.${family}`)}</abbr>, key: family, align: 'right' as const, render: (_: unknown, one: OwnClass) => <PCell p={familyP(one, family)} /> })),
            { title: <span className="oko-sr">{t('how')}</span>, key: 'how', className: 'oko-no-print', render: (_, one) => <HowMade small of={t('classes.of', { name: name(one) })} source={{ kind: 'sign', unit, procedure: of.procedure, class: one.key }} /> },
          ]}
        />
      )}
    </section>
  );
}
