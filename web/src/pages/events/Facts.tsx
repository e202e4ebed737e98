import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../../parts/format';
import { clockOf, useEventTypes, type Event } from './event';

function useAudience(event: Event): string {
  const { t } = useTranslation('events');
  const { levels = [], sign, units = [], text } = event.body.audience ?? {};
  return [
    ...levels.filter((level) => level !== 'region').map((level) => t(`audience.${level}`)),
    ...(sign ? [t('audience.with-sign', { sign: t(`sign.${sign}`) })] : []),
    ...(units.length > 0 ? [t('audience.chosen', { count: units.length })] : []),
    ...(text ? [text] : []),
  ].join('; ');
}

/** What the event is: kind, time, place, audience, programme, description. */
export function Facts({ event }: { event: Event }) {
  const { t } = useTranslation('events');
  const format = useFormat();
  const { body } = event;
  const type = useEventTypes().find((one) => one.value === body.type)?.label;
  const audience = useAudience(event);
  const clock = [clockOf(body.from), clockOf(body.until)].filter(Boolean).join('–');
  const facts: [string, ReactNode][] = [
    [t('type'), type],
    [t('when'), body.from && <>{format.date(body.from.slice(0, 10))}{clock && `, ${clock}`}</>],
    [t('place'), [body.place, body.online ? t('online-short') : ''].filter(Boolean).join(', ')],
    [t('link'), body.link && <a href={body.link} target="_blank" rel="noreferrer noopener">{body.link}</a>],
    [t('audience.name'), audience],
    [t('description'), body.description],
    [t('programme'), body.programme?.length ? <ol className="oko-programme">{body.programme.map((point, i) => <li key={i}>{point.time && <b className="oko-number">{point.time} </b>}{point.title}{point.speaker && ` — ${point.speaker}`}</li>)}</ol> : null],
    [t('speakers'), body.speakers?.join('; ')],
    [t('held'), body.held_on && <>{format.date(body.held_on)}{body.participants !== undefined && `, ${t('people', { count: body.participants })}`}</>],
    [t('summary'), body.summary],
    [t('cancelled-why'), event.state === 'cancelled' ? body.reason : null],
  ];
  return (
    <Card size="small" title={t('about')}>
      <dl className="oko-facts">
        {facts.filter(([, value]) => value).map(([name, value]) => <div key={name} style={{ display: 'contents' }}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
    </Card>
  );
}
