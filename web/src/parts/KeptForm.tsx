import { Form, type FormProps } from 'antd';
import type { ReactNode } from 'react';

import { keepDates } from './ActionFields';
import { DraftNotice } from './DraftNotice';
import { useKeptForm, type KeptForm as Kept, type KeptOptions } from './useKeptForm';

export type FormLook = Pick<FormProps, 'name' | 'layout' | 'className' | 'style' | 'disabled' | 'requiredMark' | 'scrollToFirstError'>;
type Children<T> = ReactNode | ((kept: Kept<T>) => ReactNode);

/** The fields of a kept form with the word of what was restored; for dialogs that have their buttons elsewhere. */
export function KeptFields<T extends object>({ kept, children, ...look }: FormLook & { kept: Kept<T>; children?: Children<T> }) {
  return (
    <>
      <DraftNotice draft={kept.draft} onAfresh={kept.afresh} />
      <Form<T> layout="vertical" onKeyDown={keepDates} {...look} form={kept.form} initialValues={kept.initial} onValuesChange={kept.onType} onFinish={kept.onFinish}>
        {typeof children === 'function' ? children(kept) : children}
      </Form>
    </>
  );
}

/** A form on a page. Nothing typed in it is lost: it is kept in this browser until it was saved. */
export function KeptForm<T extends object>({ place, base, start, secret, onSave, root, form, children, ...look }: FormLook & KeptOptions<T> & { children?: Children<T> }) {
  const kept = useKeptForm<T>({ place, base, start, secret, onSave, root, form });
  return <KeptFields kept={kept} {...look}>{children}</KeptFields>;
}
