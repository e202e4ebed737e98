import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { CopyText } from '../../parts/CopyText';
import { useTellFailure } from '../../parts/ProblemAlert';

export function CalendarLink() {
  const { t } = useTranslation('account');
  const tell = useTellFailure();
  const make = $api.useMutation('post', '/me/calendar');
  return (
    <section className="oko-section">
      <h2>{t('calendar.title')}</h2>
      <p>{t('calendar.what')}</p>
      {make.data && <div className="oko-gap"><CopyText text={`${location.origin}${make.data.path}`} name={t('calendar.link')} /></div>}
      <div className="oko-row">
        <Button loading={make.isPending} onClick={() => make.mutate({}, { onError: (error) => tell(error) })}>{t('calendar.make')}</Button>
        <span className="oko-quiet">{t('calendar.again')}</span>
      </div>
    </section>
  );
}
