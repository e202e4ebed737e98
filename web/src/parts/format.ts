import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

export interface Format {
  /** 1 234,5; `digits` after the point at most. Missing stays an em dash, never zero. */
  number: (value: number | null | undefined, digits?: number) => string;
  /** Share 0…1 → "12,5 %". */
  share: (value: number | null | undefined, digits?: number) => string;
  /** Percent 0…100 → "12,5 %". */
  percent: (value: number | null | undefined, digits?: number) => string;
  /** p-value: "0,0123", "< 0,0001". */
  p: (value: number | null | undefined) => string;
  /** "12 мая 2022 г." of an ISO date or time. */
  date: (text: string | null | undefined) => string;
  /** "12.05.2022, 14:31". */
  time: (text: string | null | undefined) => string;
  bytes: (value: number) => string;
  /** Order of strings in the person's language. */
  compare: (a: string, b: string) => number;
}

const NONE = '—';

function make(language: string): Format {
  const tag = language === 'en' ? 'en-GB' : 'ru-RU';
  const collator = new Intl.Collator(tag, { numeric: true, sensitivity: 'base' });
  const numbers = new Map<number, Intl.NumberFormat>();
  const plain = (digits: number) => {
    if (!numbers.has(digits)) numbers.set(digits, new Intl.NumberFormat(tag, { maximumFractionDigits: digits }));
    const plainly = numbers.get(digits)!;
    return (value: number) => plainly.format(value).replace('-', '−');
  };
  const fine = (value: number | null | undefined): value is number => value !== null && value !== undefined && Number.isFinite(value);
  const percent = (value: number | null | undefined, digits = 1) => (fine(value) ? `${plain(digits)(value)}\u00a0%` : NONE);
  const dates = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric' });
  const times = new Intl.DateTimeFormat(tag, { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const day = (text: string | null | undefined, how: Intl.DateTimeFormat) => {
    if (!text) return NONE;
    const when = dayjs(text);
    return when.isValid() ? how.format(when.toDate()).replace(/\s(\S+\.)$/, '\u00a0$1') : text; // «2022 г.» stays together
  };
  return {
    number: (value, digits = 2) => (fine(value) ? plain(digits)(value) : NONE),
    percent,
    share: (value, digits = 1) => percent(fine(value) ? value * 100 : null, digits),
    p: (value) => {
      if (!fine(value)) return NONE;
      if (value < 0.0001) return `< ${plain(4)(0.0001)}`;
      return plain(value < 0.01 ? 4 : 3)(value);
    },
    date: (text) => day(text, dates),
    time: (text) => day(text, times),
    bytes: (value) => {
      const unit = value < 1e6 ? 'kilobyte' : 'megabyte';
      return new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value / (unit === 'kilobyte' ? 1e3 : 1e6));
    },
    compare: collator.compare,
  };
}

const made = new Map<string, Format>(); // once a language: what Intl makes is dear, and every cell of a table asks

/** Numbers, dates and order of words as the person's language has them. */
export function useFormat(): Format {
  const { language } = useTranslation().i18n;
  if (!made.has(language)) made.set(language, make(language));
  return made.get(language)!;
}
