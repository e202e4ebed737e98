import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { pageOf, PATHS, type RecordKind } from '../../parts/flows';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { call, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';

const KINDS = ['case', 'recommendation', 'measure'] as const satisfies readonly RecordKind[];
const SHOWN = 10;

function Kind({ kind, unit }: { kind: (typeof KINDS)[number]; unit: number }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  const asked = useQuery({ queryKey: ['records-of', kind, unit], queryFn: () => call<{ items: Head[]; total: number }>(`${PATHS[kind]}?unit=${unit}&limit=${SHOWN}`) });
  return (
    <div>
      <h3>{t(`records.${kind}`)}</h3>
      <Loaded of={asked} rows={2}>
        {(data) => (data.total === 0 ? <p className="oko-quiet">{t(`records.none.${kind}`)}</p> : (
          <>
            <ul className="oko-plain-list">
              {data.items.map((one) => {
                const page = pageOf(kind, one.id);
                return <li key={one.id}>{page ? <Link to={page}>{one.title}</Link> : one.title} <StateTag kind={kind} state={one.state} />{one.due && <span className="oko-quiet"> {t('records.due', { date: format.date(one.due) })}</span>}</li>;
              })}
            </ul>
            {data.total > SHOWN && <Link to={`${PATHS[kind]}?unit=${unit}`}>{t('records.all', { count: data.total })}</Link>}
          </>
        ))}
      </Loaded>
    </div>
  );
}

/** What is being done about the school: cases, letters, measures. */
export function Records({ unit }: { unit: number }) {
  const { t } = useTranslation('school');
  return (
    <section className="oko-card" aria-labelledby="oko-records">
      <h2 id="oko-records">{t('records.title')}</h2>
      <div className="oko-cards">{KINDS.map((kind) => <Kind key={kind} kind={kind} unit={unit} />)}</div>
    </section>
  );
}
