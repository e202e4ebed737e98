import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import { faultsOf, piecesOf, type Cut } from './procedures';

/** The scale as it would be: pieces of marks from 0 to the largest score, or what is wrong with it. */
export function Scale({ cuts, max, first }: { cuts: Cut[]; max: number; first: number }) {
  const { t } = useTranslation('admin');
  if (cuts.length === 0) return <p className="oko-quiet">{t('procedure.no-cutoffs')}</p>;
  const faults = faultsOf(cuts, max);
  if (faults.length > 0) return <Alert type="error" showIcon role="status" title={t(`procedure.check-${faults[0].kind}`, { mark: faults[0].mark, max })} />;
  const pieces = piecesOf(cuts, max, first);
  const words = pieces.map((piece) => t('procedure.part', piece));
  return (
    <div className="oko-stack" role="status">
      <div className="oko-scale" role="img" aria-label={t('procedure.scale', { parts: words.join(', ') })}>
        {pieces.map((piece, i) => <span key={piece.mark} style={{ flex: piece.to - piece.from + 1 }} title={words[i]}>{words[i]}</span>)}
      </div>
      <Alert type="success" showIcon title={t('procedure.check-fine', { max })} />
    </div>
  );
}
