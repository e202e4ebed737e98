import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { useContextBar } from '../../app/context';
import { HowMade } from '../../parts/HowMade';
import { Loaded } from '../../parts/Loaded';
import { titleOf, type Overview } from './overview';

type Item = Schemas['UnitInflation']['items'][number];

function Said({ item }: { item: Item }) {
  return <>{item.lines.map((line, i) => <p key={i} className={line.detail ? 'oko-quiet oko-inset' : undefined}>{line.text}</p>)}</>;
}

/** The whole region against schools that were observed or marked centrally, where there are enough of them. */
export function Inflation({ data }: { data: Overview }) {
  const { t } = useTranslation('region');
  const { year, procedure } = useContextBar();
  const asked = $api.useQuery('get', '/units/{id}/inflation', { params: { path: { id: data.unit.id } } });
  const mine = (item: Item) => (procedure ? item.procedure === procedure : year === null || item.procedure.startsWith(String(year)));
  return (
    <section aria-labelledby="inflation" className="oko-chart">
      <div className="oko-chart-head">
        <h2 id="inflation">{t('inflation.title')}</h2>
        <HowMade what={t('inflation.how')} run={data.evidence_run} of={t('inflation.title')} />
      </div>
      <Loaded of={asked} rows={2}>
        {(found) => {
          const items = found.items.filter(mine);
          const computed = items.filter((item) => item.computed);
          if (computed.length === 0) return <p className="oko-chart-summary">{items[0]?.lines[0]?.text ?? t('inflation.none')} {t('inflation.next')}</p>;
          return (
            <>
              <p className="oko-chart-summary">{t('inflation.summary', { count: computed.length, of: items.length })}</p>
              <Collapse defaultActiveKey={[computed.at(-1)!.procedure]} items={computed.map((item) => ({ key: item.procedure, label: titleOf(data, item.procedure), children: <Said item={item} /> }))} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
