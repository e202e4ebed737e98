import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props<T> {
  /** "2021-05" */
  month: string;
  turn: (month: string) => void;
  items: readonly T[];
  dayOf: (item: T) => string;
  keyOf: (item: T) => string | number;
  render: (item: T) => ReactNode;
  name: string;
}

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** A month as a table of weeks, Monday first; on a narrow screen only the days that hold something, one under another. */
export function MonthCalendar<T>({ month, turn, items, dayOf, keyOf, render, name }: Props<T>) {
  const { t, i18n } = useTranslation('records');
  const tag = i18n.language === 'en' ? 'en-GB' : 'ru-RU';
  const first = dayjs(`${month}-01`);
  const start = first.subtract((first.day() + 6) % 7, 'day');
  const weeks = Math.ceil(((first.day() + 6) % 7 + first.daysInMonth()) / 7);
  const title = new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric' }).format(first.toDate());
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'short' });
  const long = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' });
  const on = (day: Dayjs) => items.filter((item) => dayOf(item) === day.format('YYYY-MM-DD'));
  const cell = (day: Dayjs) => {
    const there = on(day);
    return (
      <td key={day.format('YYYY-MM-DD')} data-other={day.month() !== first.month()} data-empty={there.length === 0} data-today={day.isSame(dayjs(), 'day')}>
        <span className="oko-day"><span aria-hidden="true">{day.date()}</span><span className="oko-sr">{long.format(day.toDate())}</span><span className="oko-day-long" aria-hidden="true">{long.format(day.toDate())}</span></span>
        {there.map((item) => <Fragment key={keyOf(item)}>{render(item)}</Fragment>)}
      </td>
    );
  };
  return (
    <div className="oko-calendar">
      <div className="oko-row oko-gap">
        <Button icon={<LeftOutlined />} aria-label={t('calendar.before')} onClick={() => turn(first.subtract(1, 'month').format('YYYY-MM'))} />
        <h2 className="oko-h2" aria-live="polite">{title}</h2>
        <Button icon={<RightOutlined />} aria-label={t('calendar.after')} onClick={() => turn(first.add(1, 'month').format('YYYY-MM'))} />
        <Button onClick={() => turn(dayjs().format('YYYY-MM'))}>{t('calendar.today')}</Button>
      </div>
      <table aria-label={`${name}, ${title}`}>
        <thead><tr>{WEEK.map((i) => <th key={i} scope="col">{weekday.format(start.add(i, 'day').toDate())}</th>)}</tr></thead>
        <tbody>{Array.from({ length: weeks }, (_, week) => <tr key={week}>{WEEK.map((i) => cell(start.add(week * 7 + i, 'day')))}</tr>)}</tbody>
      </table>
    </div>
  );
}
