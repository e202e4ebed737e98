import { Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, type Schemas } from '../../api/client';
import { isMissing } from '../../api/queries';
import { EmptyState } from '../../parts/EmptyState';
import { FAMILIES, PLAIN, type Family } from '../../parts/evidence';
import { useFormat } from '../../parts/format';
import { HowMade } from '../../parts/HowMade';
import { Loaded } from '../../parts/Loaded';
import { SignPicture } from '../../parts/pictures/SignPicture';

type Explanation = Schemas['SignExplanation'];
interface Props { unit: number; procedure: string; label?: string | null }

const pOf = (data: Explanation, family: Family): number | undefined => (data.details as { families?: Partial<Record<Family, { p: number }>> }).families?.[family]?.p;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Standing({ data, of, unit, procedure, label }: { data: Explanation; of: Explanation['signs'][number] } & Props) {
  const { t } = useTranslation(['school', 'evidence']);
  const format = useFormat();
  const name = t(`evidence:family.${of.family}`);
  return (
    <article className="oko-sign" aria-labelledby={`oko-sign-${of.family}`}>
      <div className="oko-part-head">
        <h3 id={`oko-sign-${of.family}`}>{name} <span className="oko-quiet">p: {format.p(of.p)}</span></h3>
        <HowMade small of={name} source={{ kind: 'sign', unit, procedure, class: label, run: data.run }} />
      </div>
      <p>{capital(of.text)}</p>
      <SignPicture unit={unit} procedure={procedure} label={label} statistic={of.statistic} />
    </article>
  );
}

/** Families that do not stand out: their pictures come when they are opened. */
function Others({ data, unit, procedure, label }: { data: Explanation } & Props) {
  const { t } = useTranslation(['school', 'evidence']);
  const format = useFormat();
  const [open, setOpen] = useState<string[]>([]);
  const rest = FAMILIES.filter((family) => !data.signs.some((sign) => sign.family === family));
  if (rest.length === 0) return null;
  return (
    <div className="oko-no-print">
      <h3>{t('signs.others')}</h3>
      <Collapse
        activeKey={open}
        onChange={(keys) => setOpen([keys].flat())}
        items={rest.map((family) => {
          const p = pOf(data, family);
          return {
            key: family,
            label: <>{t(`evidence:family.${family}`)} <span className="oko-quiet">{p === undefined ? t('families.none') : `p: ${format.p(p)}`}</span></>,
            children: open.includes(family) ? <SignPicture unit={unit} procedure={procedure} label={label} statistic={PLAIN[family]} /> : null,
          };
        })}
      />
    </div>
  );
}

function Reasons({ data }: { data: Explanation }) {
  const { t } = useTranslation('school');
  if (data.innocent.length === 0) return null;
  return (
    <div className="oko-reasons">
      <h3>{t('signs.reasons')}</h3>
      <p className="oko-quiet">{t('signs.reasons-what')}</p>
      <ol>{data.innocent.map((reason) => <li key={reason}>{reason}</li>)}</ol>
    </div>
  );
}

/** What a group's signs say, in words and pictures. label: of a class. */
export function Explained({ unit, procedure, label }: Props) {
  const { t } = useTranslation('school');
  const asked = $api.useQuery('get', '/signs/explanation', { params: { query: { unit, procedure, ...(label === null || label === undefined ? {} : { class: label }) } } });
  if (isMissing(asked.error)) return <EmptyState why={t('signs.no-row')} />;
  return (
    <Loaded of={asked} rows={6}>
      {(data) => (
        <>
          {data.signs.length === 0 && <p>{t('signs.plain')}</p>}
          {data.signs.map((sign) => <Standing key={sign.family} data={data} of={sign} unit={unit} procedure={procedure} label={label} />)}
          <Reasons data={data} />
          <Others data={data} unit={unit} procedure={procedure} label={label} />
        </>
      )}
    </Loaded>
  );
}
