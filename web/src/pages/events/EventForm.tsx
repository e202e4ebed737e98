import { DatePicker, Form, Input, Select, Switch, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';

import { SIGNS, useEventTypes, type EventBody } from './event';
import { SurveyQuestions } from './SurveyQuestions';
import { UnitsSelect } from './UnitsSelect';
import '../../styles/events.css';

export interface Typed {
  title?: string; type?: string; day?: string; begin?: string; end?: string; place?: string; online?: boolean; link?: string;
  levels?: string[]; sign?: string; units?: number[]; audience?: string; programme?: string; speakers?: string[]; description?: string; survey?: string[];
}

const lines = (text: string | undefined): string[] => (text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
const moment = (day: string, clock: string | undefined) => (clock ? `${day}T${clock}` : day);

/** "10:00 Открытие — Иванова" → time, title. */
function programmeOf(text: string | undefined): EventBody['programme'] {
  return lines(text).map((line) => {
    const found = /^(\d{1,2}:\d{2})\s+(.*)$/.exec(line);
    return found ? { time: found[1], title: found[2] } : { title: line };
  });
}

/** A question that stays keeps its code, and with it the answers that were given. */
function surveyOf(typed: Typed, before: EventBody): { code: string; text: string }[] {
  const old = new Map((before.survey ?? []).map((question) => [question.text, question.code]));
  const taken = new Set(old.values());
  const fresh = () => {
    let no = 1;
    while (taken.has(`q${no}`)) no++;
    taken.add(`q${no}`);
    return `q${no}`;
  };
  return (typed.survey ?? []).map((text) => text?.trim()).filter(Boolean).map((text) => ({ code: old.get(text) ?? fresh(), text }));
}

export function toBody(typed: Typed, before: EventBody): Record<string, unknown> {
  return {
    type: typed.type ?? null,
    from: typed.day ? moment(typed.day, typed.begin) : null,
    until: typed.day && typed.end ? moment(typed.day, typed.end) : null,
    place: typed.place ?? null, online: typed.online ?? false, link: typed.link || null,
    audience: {
      ...(typed.levels?.length ? { levels: typed.levels } : {}), ...(typed.sign ? { sign: typed.sign } : {}),
      ...(typed.units?.length ? { units: typed.units } : {}), ...(typed.audience ? { text: typed.audience } : {}),
    },
    programme: programmeOf(typed.programme), speakers: typed.speakers ?? [], description: typed.description || null,
    survey: surveyOf(typed, before),
  };
}

export function fromBody(title: string | undefined, body: EventBody): Typed {
  return {
    title, type: body.type, day: body.from?.slice(0, 10), begin: body.from?.slice(11) || undefined, end: body.until?.slice(11) || undefined, place: body.place, online: body.online, link: body.link,
    levels: body.audience?.levels, sign: body.audience?.sign, units: body.audience?.units, audience: body.audience?.text,
    programme: (body.programme ?? []).map((point) => [point.time, point.title].filter(Boolean).join(' ')).join('\n'), speakers: body.speakers, description: body.description,
    survey: body.survey?.map((question) => question.text),
  };
}

const asDay = { getValueProps: (value?: string) => ({ value: value ? dayjs(value) : null }), normalize: (value: Dayjs | null) => value?.format('YYYY-MM-DD') };
const asClock = { getValueProps: (value?: string) => ({ value: value ? dayjs(`2020-01-01T${value}`) : null }), normalize: (value: Dayjs | null) => value?.format('HH:mm') };

/** Everything about an event: what, when, where, for whom, programme, questions before and after. */
export function EventFields() {
  const { t } = useTranslation(['events', 'app']);
  const types = useEventTypes();
  const needed = [{ required: true, message: t('app:needed') }];
  return (
    <>
      <Form.Item name="title" label={t('events:name')} rules={needed}><Input maxLength={1000} /></Form.Item>
      <div className="oko-fields">
        <Form.Item name="type" label={t('events:type')} rules={needed}><Select options={types} /></Form.Item>
        <Form.Item name="day" label={t('events:day')} rules={needed} {...asDay}><DatePicker format="DD.MM.YYYY" style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="begin" label={t('events:begin')} {...asClock}><TimePicker format="HH:mm" minuteStep={5} style={{ width: '100%' }} needConfirm={false} /></Form.Item>
        <Form.Item name="end" label={t('events:end')} {...asClock}><TimePicker format="HH:mm" minuteStep={5} style={{ width: '100%' }} needConfirm={false} /></Form.Item>
      </div>
      <Form.Item name="place" label={t('events:place')} rules={needed}><Input maxLength={400} /></Form.Item>
      <div className="oko-fields">
        <Form.Item name="online" label={t('events:online')} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="link" label={t('events:link')} rules={[{ type: 'url', message: t('app:links.not-url') }]}><Input maxLength={1000} /></Form.Item>
      </div>
      <fieldset className="oko-set">
        <legend>{t('events:audience.name')}</legend>
        <Form.Item name="levels" label={t('events:audience.levels')}><Select mode="multiple" allowClear options={(['municipality', 'school'] as const).map((value) => ({ value, label: t(`events:audience.${value}`) }))} /></Form.Item>
        <Form.Item name="sign" label={t('events:audience.sign')} extra={t('events:audience.sign-why')}><Select allowClear options={SIGNS.map((value) => ({ value, label: t(`events:sign.${value}`) }))} /></Form.Item>
        <Form.Item name="units" label={t('events:audience.units')}><UnitsSelect /></Form.Item>
        <Form.Item name="audience" label={t('events:audience.text')}><Input maxLength={1000} placeholder={t('events:audience.text-like')} /></Form.Item>
      </fieldset>
      <Form.Item name="description" label={t('events:description')}><Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} maxLength={20000} /></Form.Item>
      <Form.Item name="programme" label={t('events:programme')} extra={t('events:programme-like')}><Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} /></Form.Item>
      <Form.Item name="speakers" label={t('events:speakers')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[';']} placeholder={t('events:speakers-like')} /></Form.Item>
      <SurveyQuestions />
    </>
  );
}
