import { CheckCircleOutlined, MinusCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

/** Helped, did not help, or not enough data; the last one is a plain statement, no failure. */
export function Verdict({ verdict }: { verdict: string }) {
  const { t } = useTranslation('records');
  const look = verdict === 'helped' ? { color: 'success', icon: <CheckCircleOutlined /> } : verdict === 'not_helped' ? { color: 'warning', icon: <MinusCircleOutlined /> } : { icon: <QuestionCircleOutlined /> };
  return <Tag {...look} className="oko-state">{t(`choice.${verdict}`)}</Tag>;
}
