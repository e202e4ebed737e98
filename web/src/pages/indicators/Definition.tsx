import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { Loaded } from '../../parts/Loaded';
import { useAim, type Indicator } from './data';

function Variables({ codes }: { codes: string[] }) {
  const { t, i18n } = useTranslation(['indicators']);
  const known = $api.useQuery('get', '/indicators/variables', {}, { staleTime: Infinity });
  if (codes.length === 0) return null;
  return (
    <Loaded of={known} rows={2}>
      {(data) => (
        <dl className="oko-facts" aria-label={t('definition.variables')}>
          {codes.map((code) => {
            const variable = data.items.find((one) => one.code === code);
            return <div key={code} style={{ display: 'contents' }}><dt><code>{code}</code></dt><dd>{variable ? variable[i18n.language === 'en' ? 'en' : 'ru'] : code}</dd></div>;
          })}
        </dl>
      )}
    </Loaded>
  );
}

/** What the indicator is: formula with its words, aim, levels, what forms ask for it. */
export function Definition({ indicator }: { indicator: Indicator }) {
  const { t, i18n } = useTranslation(['indicators', 'app']);
  const aim = useAim();
  const body = indicator.body;
  const fields = $api.useQuery('get', '/form-fields', {}, { staleTime: Infinity, enabled: (body.collected ?? []).length > 0 });
  const field = (code: string) => { const one = fields.data?.items.find((f) => f.code === code); return one ? one[i18n.language === 'en' ? 'en' : 'ru'] : code; };
  return (
    <section className="oko-panel oko-stack" aria-label={t('definition.title')}>
      <h2>{t('definition.title')}</h2>
      <pre className="oko-code">{body.formula}</pre>
      <Variables codes={body.variables ?? []} />
      <dl className="oko-facts">
        <dt>{t('field.group')}</dt><dd>{t(`group.${body.group ?? 'control'}`)}</dd>
        <dt>{t('field.unit')}</dt><dd>{t(`measure-name.${body.unit ?? '%'}`, { defaultValue: body.unit })}</dd>
        <dt>{t('field.direction')}</dt><dd>{t(`direction.${body.direction ?? 'none'}`)}</dd>
        <dt>{t('field.target')}</dt><dd>{aim(body, body.unit)}</dd>
        <dt>{t('field.levels')}</dt><dd>{(body.levels ?? []).map((level) => t(`app:level.${level}`)).join(', ')}</dd>
        {(body.collected ?? []).length > 0 && <><dt>{t('definition.collected')}</dt><dd>{(body.collected ?? []).map(field).join('; ')}</dd></>}
        {body.source && <><dt>{t('field.source')}</dt><dd>{body.source}</dd></>}
      </dl>
    </section>
  );
}
