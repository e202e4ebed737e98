import { Button, Drawer, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { KeptFields, type FormLook } from './KeptForm';
import { useKeptForm, type KeptForm as Kept, type KeptOptions } from './useKeptForm';

interface Props<T> extends FormLook, KeptOptions<T> {
  title: ReactNode;
  /** Word of the button that saves. */
  ok: string;
  /** After it was saved, cancelled or closed. */
  onClose: () => void;
  /** Saving does not close it: the caller shows what came of it. */
  stays?: boolean;
  /** From the side, for longer forms. */
  side?: boolean;
  width?: number;
  /** Above the fields. */
  lead?: ReactNode;
  children: ReactNode | ((kept: Kept<T>) => ReactNode);
}

/** A form in a dialog. What is typed is kept until it was saved or cancelled; closing by the cross or Esc keeps it. */
export function FormDialog<T extends object>({ title, ok, onClose, stays = false, side = false, width, lead, children, place, base, start, secret, onSave, root, form, ...look }: Props<T>) {
  const { t } = useTranslation('app');
  const kept = useKeptForm<T>({ place, base, start, secret, root, form, onSave: (values) => (stays ? onSave(values) : onSave(values).then(onClose)) });
  const cancel = () => { kept.draft.forget(); onClose(); };
  const footer = (
    <div className="oko-row oko-dialog-foot">
      <Button onClick={cancel}>{t('app:cancel')}</Button>
      <Button type="primary" loading={kept.busy} onClick={() => kept.form.submit()}>{ok}</Button>
    </div>
  );
  const content = <>{lead}<KeptFields kept={kept} {...look}>{children}</KeptFields></>;
  return side
    ? <Drawer open onClose={onClose} size="large" title={title} footer={footer}>{content}</Drawer>
    : <Modal open onCancel={onClose} width={width} title={title} footer={footer}>{content}</Modal>;
}
