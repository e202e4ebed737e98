import { InboxOutlined } from '@ant-design/icons';
import { Checkbox, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HowToRead } from './queue';

const isRegister = (file: File) => /реестр|register|units|школы|schools/i.test(file.name);

/** A register goes before the results that speak of its schools; the others as their names go, year by year. */
const inOrder = (files: readonly File[]) => [...files].sort((a, b) => Number(isRegister(b)) - Number(isRegister(a)) || a.name.localeCompare(b.name));

/** Files of any known kind, several at once, dropped or chosen; or only tried. */
export function DropZone({ onFiles, how = {} }: { onFiles: (files: readonly File[], how: HowToRead) => void; how?: HowToRead }) {
  const { t } = useTranslation('data');
  const [trial, setTrial] = useState(false);
  const [add, setAdd] = useState(false);
  const taken = useRef<readonly File[]>(null);
  return (
    <div className="oko-drop">
      <Upload.Dragger
        multiple
        showUploadList={false}
        accept=".xlsx,.csv,.txt,.tsv"
        beforeUpload={(_, list) => {
          // Called once for each file of one drop; the whole drop is taken at its first call.
          if (taken.current !== list) { taken.current = list; onFiles(inOrder(list), { ...how, dry_run: trial, add_classes: add }); }
          return false;
        }}
      >
        <p className="ant-upload-drag-icon"><InboxOutlined aria-hidden /></p>
        <p className="ant-upload-text">{t('drop.title')}</p>
        <p className="ant-upload-hint">{t('drop.hint')}</p>
      </Upload.Dragger>
      <div className="oko-row">
        <Checkbox checked={trial} onChange={(event) => setTrial(event.target.checked)}>{t('drop.trial')}</Checkbox>
        <Checkbox checked={add} onChange={(event) => setAdd(event.target.checked)}>{t('drop.add-classes')}</Checkbox>
      </div>
    </div>
  );
}
