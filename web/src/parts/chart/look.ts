import { theme } from 'antd';
import { useEffect, useMemo, useState } from 'react';

import { useLooks } from '../../app/looks';
import { useFormat, type Format } from '../format';

/** Colours, letters and habits of a picture, from the theme of the page. */
export interface Look {
  dark: boolean;
  text: string;
  quiet: string;
  line: string;
  ground: string;
  /** For things that stand side by side; told apart without colour vision too, by lightness. */
  colors: string[];
  primary: string;
  /** Weak to strong: for maps and heat. */
  scale: string[];
  good: string;
  attention: string;
  signs: string;
  strong: string;
  /** What is not known. */
  nothing: string;
  font: string;
  size: number;
  motion: boolean;
  /** A narrow screen: less room for names. */
  narrow: boolean;
  format: Format;
}

function useMedia(query: string): boolean {
  const [fits, setFits] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const tell = () => setFits(media.matches);
    media.addEventListener('change', tell);
    return () => media.removeEventListener('change', tell);
  }, [query]);
  return fits;
}

export function useLook(): Look {
  const { token } = theme.useToken();
  const { dark, looks } = useLooks();
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const narrow = useMedia('(max-width: 600px)');
  const format = useFormat();
  return useMemo(() => ({
    dark,
    text: token.colorText,
    quiet: token.colorTextSecondary,
    line: token.colorBorderSecondary,
    ground: token.colorBgContainer,
    colors: dark
      ? [token.blue6, token.gold6, token.purple7, token.cyan7, token.magenta6, token.green7]
      : [token.blue6, token.gold7, token.purple6, token.cyan7, token.magenta7, token.green8],
    primary: token.colorPrimary,
    scale: dark ? [token.blue1, token.blue3, token.blue5, token.blue6, token.blue8] : [token.blue1, token.blue3, token.blue5, token.blue7, token.blue9],
    good: token.colorFill,
    attention: dark ? token.gold5 : token.gold4,
    signs: dark ? token.orange6 : token.orange6,
    strong: dark ? token.volcano7 : token.volcano8,
    nothing: token.colorFillSecondary,
    font: token.fontFamily,
    size: Math.max(12, token.fontSize - 2),
    motion: !calm && !looks.quiet,
    narrow,
    format,
  }), [dark, token, calm, narrow, looks.quiet, format]);
}
