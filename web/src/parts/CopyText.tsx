import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { toast } from './toast';

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not a secure context: the text stands there to be copied by hand
  }
}

/** A text that is to be taken elsewhere (a link, a key), with a button that copies it. */
export function CopyText({ text, name }: { text: string; name: string }) {
  const { t } = useTranslation('app');
  return (
    <div className="oko-copy">
      <code aria-label={name}>{text}</code>
      <Button icon={<CopyOutlined />} onClick={() => void copy(text).then((done) => (done ? toast.success(t('copied')) : toast.info(t('copy-by-hand'))))}>{t('copy')}</Button>
    </div>
  );
}
