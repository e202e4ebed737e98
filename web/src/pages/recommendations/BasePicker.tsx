import { Button, Card, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useCatalogue, useCauses } from '../../parts/lists';
import { FAMILIES, useSign } from '../cases/words';

interface Piece { id: number; text: string; measures: string[] }

/** The base beside the letter: pieces that fit a sign and a cause, put into the text by one press. */
export function BasePicker({ sign: first, cause: about, used, onUse }: { sign?: string; cause?: string; used: number[]; onUse: (piece: Piece) => void }) {
  const { t } = useTranslation('recommendations');
  const word = useSign();
  const { causes, name } = useCauses();
  const catalogue = useCatalogue();
  const [sign, setSign] = useState(first);
  const [cause, setCause] = useState(about);
  const { data } = $api.useQuery('get', '/advice', { params: { query: { state: 'active', limit: 500 } } });
  const fits = (data?.items ?? []).filter((one) => (!sign || one.body.sign === sign || one.body.sign === 'any') && (!cause || one.body.cause === cause));
  return (
    <Card title={<h2 className="oko-h2">{t('base.beside')}</h2>}>
      <div className="oko-row oko-gap">
        <Select allowClear className="oko-filter" aria-label={t('base.sign')} placeholder={t('base.any-sign')} value={sign} onChange={setSign} options={FAMILIES.map((family) => ({ value: family, label: word(family) }))} />
        <Select allowClear className="oko-filter" aria-label={t('base.cause')} placeholder={t('base.any-cause')} value={cause} onChange={setCause} popupMatchSelectWidth={false} options={causes.map((one) => ({ value: one.code, label: name(one.code) }))} />
      </div>
      {data && fits.length === 0 && <p className="oko-quiet">{data.total === 0 ? t('base.empty') : t('base.none-fit')}</p>}
      <div className="oko-tall" tabIndex={0} role="group" aria-label={t('base.beside')}>
        {fits.map((one) => (
          <article key={one.id} className="oko-gap">
            <h3>{name(one.body.cause ?? '')} <span className="oko-quiet">{one.body.sign === 'any' ? t('base.every') : word(one.body.sign)}</span></h3>
            <p>{one.body.text}</p>
            {(one.body.measures?.length ?? 0) > 0 && <p className="oko-quiet">{one.body.measures!.map(catalogue.name).join('; ')}</p>}
            <Button size="small" onClick={() => onUse({ id: one.id, text: one.body.text ?? '', measures: one.body.measures ?? [] })}>{used.includes(one.id) ? t('base.again') : t('base.use')}</Button>
          </article>
        ))}
      </div>
    </Card>
  );
}
