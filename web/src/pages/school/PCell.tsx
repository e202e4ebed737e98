import { useTranslation } from 'react-i18next';

import { useFormat } from '../../parts/format';

/** A p of a family: two dots where it stands out clearly, one where somewhat, none where it does not. */
export function PCell({ p }: { p: number | null | undefined }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  if (p === null || p === undefined) return <span className="oko-quiet" title={t('families.none')}>—</span>;
  const strength = p < 0.01 ? 2 : p < 0.05 ? 1 : 0;
  return (
    <span className="oko-p" data-strength={strength} title={t(`families.strength.${strength}`)}>
      {strength > 0 && <span aria-hidden="true" className="oko-dots">{'●'.repeat(strength)} </span>}{format.p(p)}
      {strength > 0 && <span className="oko-sr"> ({t(`families.strength.${strength}`)})</span>}
    </span>
  );
}
