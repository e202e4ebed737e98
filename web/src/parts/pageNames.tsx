import type { PaginationProps } from 'antd';
import { cloneElement, isValidElement, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** Names for the arrows of a list's pages, which are icons alone. */
export function usePageNames(): PaginationProps['itemRender'] {
  const { t } = useTranslation();
  return (_page, type, element) => (type === 'page' || !isValidElement(element) ? element
    : cloneElement(element as ReactElement<{ role: string; 'aria-label': string }>, { role: 'button', 'aria-label': t(`app:library.${type}`) }));
}
