import { FunctionOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { late } from '../app/late';
import type { HowSource } from './how/source';
import '../styles/how.css';

export type { HowSource } from './how/source';

const Panel = late(() => import('./how/Panel'));

interface Props {
  /** Where the API tells it: a sign, a result of a rule, a value of an indicator, a published value. */
  source?: HowSource;
  /** The method in words, where the page knows it. */
  what?: ReactNode;
  /** n, interval and the like: what belongs to this number. */
  numbers?: { label: string; value: ReactNode }[];
  run?: number | null;
  /** Of which number: for screen readers, and above the words. */
  of?: string;
  /** Only the sign, without words: in cells of tables. */
  small?: boolean;
}

/** «Как получено»: the method in words and with the numbers put in, n, run, snapshot, seed. Opens at the side. */
export function HowMade({ of, small = false, ...rest }: Props) {
  const { t } = useTranslation('how');
  const [open, setOpen] = useState(false);
  const name = of ? t('of', { of }) : t('name');
  return (
    <>
      <Button size="small" type="text" className="oko-how-open oko-no-print" icon={<FunctionOutlined />} aria-label={name} title={name} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {small ? null : t('name')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} size="large" title={name} destroyOnHidden>
        <Panel waiting={<div role="status" aria-label={t('app:loading')} />} {...rest} />
      </Drawer>
    </>
  );
}
