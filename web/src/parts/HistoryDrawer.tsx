import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFormat } from './format';
import type { RecordKind } from './flows';
import { Loaded } from './Loaded';
import { useHistory } from './records';
import { stepsOf } from './Steps';
import { StateTag } from './StateTag';

/** All versions of a record: when, in which state, with which words. Nothing is ever overwritten. */
export function HistoryDrawer({ kind, id }: { kind: RecordKind; id: number }) {
  const { t } = useTranslation(['records', 'app']);
  const [open, setOpen] = useState(false);
  const history = useHistory(kind, id, open);
  const format = useFormat();
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>{t('app:history')}</Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('app:history')} size="large">
        <Loaded of={history}>
          {(data) => (
            <Timeline items={[...data.items].reverse().map((version) => {
              const words = stepsOf(version).at(-1)?.words;
              return {
                content: (
                  <div key={version.version}>
                    <div><StateTag kind={kind} state={version.state} /> {version.title}</div>
                    <div className="oko-quiet">{format.time(version.updated)} · {t('app:version', { version: version.version })}</div>
                    {words && <blockquote>{words}</blockquote>}
                  </div>
                ),
              };
            })} />
          )}
        </Loaded>
      </Drawer>
    </>
  );
}
