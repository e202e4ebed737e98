import { Checkbox, Radio } from 'antd';
import { useTranslation } from 'react-i18next';

import { useLooks } from '../../app/looks';

export function LooksForm() {
  const { t } = useTranslation('account');
  const { looks, change } = useLooks();
  return (
    <section className="oko-section">
      <h2>{t('looks.title')}</h2>
      <p>{t('looks.what')}</p>
      <Radio.Group aria-label={t('looks.scheme')} className="oko-gap" optionType="button" value={looks.scheme} onChange={(event) => change({ scheme: event.target.value as typeof looks.scheme })}
        options={(['auto', 'light', 'dark'] as const).map((one) => ({ value: one, label: t(`looks.${one}`) }))} />
      <div className="oko-row">
        {(['large', 'contrast', 'quiet'] as const).map((one) => (
          <Checkbox key={one} checked={looks[one]} onChange={(event) => change({ [one]: event.target.checked })}>{t(`looks.${one}`)}</Checkbox>
        ))}
      </div>
    </section>
  );
}
