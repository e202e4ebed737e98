import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Notice } from '../parts/Notice';

function Broken({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <Notice title={t('fence.title')} what={t('fence.what')}>
      <p><code>{error.message}</code></p>
      <Button type="primary" onClick={() => location.reload()}>{t('fence.reload')}</Button>
    </Notice>
  );
}

/** A page that fails says so and leaves the frame alive. */
export class ErrorFence extends Component<{ children: ReactNode }, { error: Error | null }> {
  state: { error: Error | null } = { error: null };
  static getDerivedStateFromError(error: Error) { return { error }; }
  componentDidCatch(error: Error) { console.error(error); }
  render() { return this.state.error ? <Broken error={this.state.error} /> : this.props.children; }
}
