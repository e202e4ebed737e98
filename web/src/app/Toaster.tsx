import { message } from 'antd';
import { useEffect } from 'react';

import { toasts } from '../parts/toast';

export default function Toaster() {
  const [door, holder] = message.useMessage({ maxCount: 4 });
  useEffect(() => {
    toasts.take(({ kind, text, seconds }) => { void door.open({ type: kind, content: <span role={kind === 'error' ? 'alert' : 'status'}>{text}</span>, duration: seconds }); });
    return () => toasts.take(null);
  }, [door]);
  return holder;
}
