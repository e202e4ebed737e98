import { Card, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Row } from './table';

/** What the program itself counts for this step of the cycle: nobody types it in. */
export function Counted({ row }: { row: Row }) {
  const { t } = useTranslation('roadmap');
  const { progress } = row;
  if (!progress) return null;
  const counts = Object.entries(progress.counts ?? {});
  return (
    <Card title={t('counted-title')} size="small">
      {progress.of > 0 && typeof progress.share === 'number' ? <Progress percent={Math.floor(progress.share * 100)} aria-label={t('counted', { done: progress.done, of: progress.of })} /> : <p className="oko-quiet">{t('nothing-counted')}</p>}
      <dl className="oko-facts">
        {counts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`count.${row.step}.${name}`)}</dt>
            <dd>{typeof value === 'boolean' ? t(value ? 'yes' : 'no-run') : value}</dd>
          </div>
        ))}
      </dl>
      <p className="oko-quiet">{t(`how.${row.step}`)}</p>
    </Card>
  );
}
