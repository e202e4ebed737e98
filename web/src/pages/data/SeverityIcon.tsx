import { CloseCircleOutlined, InfoCircleOutlined, ToolOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

import type { Severity } from './report';

/** Left out, repaired or only told: by shape and word, not by colour alone. */
export function SeverityIcon({ severity }: { severity: Severity }) {
  const { t } = useTranslation('data');
  const label = t(`severity.${severity}`);
  if (severity === 'rejected') return <CloseCircleOutlined className="oko-bad" role="img" aria-label={label} title={label} />;
  if (severity === 'repaired') return <ToolOutlined role="img" aria-label={label} title={label} />;
  return <InfoCircleOutlined role="img" aria-label={label} title={label} />;
}
