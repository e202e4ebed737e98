import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useMe } from '../../app/session';
import { ProblemAlert } from '../../parts/ProblemAlert';
import { useMeasured, type IndicatorBody } from './data';
import { Standing } from './Standing';
import { UnitField } from '../../parts/UnitField';
import { Steps } from '../../parts/how/Steps';
import '../../styles/how.css';

/** The formula on a real unit before anything is saved: the number, how it stands, how it was made. */
export function TryIt({ body, year, valid }: { body: IndicatorBody; year: number; valid: boolean }) {
  const { t } = useTranslation(['indicators']);
  const me = useMe();
  const measured = useMeasured();
  const top = $api.useQuery('get', '/units', { params: { query: { level: 'region', limit: 1 } } }, { enabled: me.unit === null });
  const [unit, setUnit] = useState<number | undefined>(me.unit ?? undefined);
  const [typed, setTyped] = useState<number | null>(null);
  const of = typed ?? year;
  const chosen = unit ?? top.data?.items[0]?.id;
  const attempt = $api.useMutation('post', '/indicators/try');
  const go = () => {
    if (chosen === undefined) return;
    attempt.mutate({ body: { formula: body.formula ?? '', unit: chosen, year: of, direction: body.direction ?? 'none', target: body.target ?? null, attention: body.attention ?? null } });
  };
  const made = attempt.data;
  return (
    <section className="oko-panel" aria-label={t('try.title')}>
      <h2>{t('try.title')}</h2>
      <p className="oko-quiet">{t('try.what')}</p>
      <div className="oko-row oko-gap">
        <UnitField value={chosen} onChange={setUnit} />
        <InputNumber min={1990} max={2100} value={of} onChange={setTyped} aria-label={t('try.year')} prefix={t('try.year')} style={{ width: 130 }} />
        <Button onClick={go} loading={attempt.isPending} disabled={!valid || chosen === undefined}>{t('try.go')}</Button>
      </div>
      <ProblemAlert error={attempt.error} />
      {made && (
        <div className="oko-stack" role="status">
          <div className="oko-row">
            <span className="oko-big">{made.value === null ? made.why_text : measured(made.value, body.unit)}</span>
            <Standing standing={made.standing} text={made.standing_text} />
          </div>
          <Steps steps={made.explanation} />
        </div>
      )}
    </section>
  );
}
