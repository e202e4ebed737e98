import { Button, Card, Form, InputNumber, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { KeptForm } from '../../parts/KeptForm';
import { Loaded } from '../../parts/Loaded';
import { RecordActions } from '../../parts/RecordActions';
import { useChange, useCreate, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { toast } from '../../parts/toast';
import type { Event } from './event';
import { useRegistrations, type Registration } from './registrations';

interface Typed { persons?: number; contact?: string }

function Details({ place, base, initial, busy, label, onSave }: { place: string; base?: number; initial: Typed; busy: boolean; label: string; onSave: (typed: Typed) => Promise<unknown> }) {
  const { t } = useTranslation('events');
  return (
    <KeptForm<Typed> layout="inline" place={place} base={base} start={initial} onSave={onSave} style={{ rowGap: 8 }}>
      <Form.Item name="persons" label={t('own.persons')}><InputNumber min={1} max={1000} precision={0} /></Form.Item>
      <Form.Item name="contact" label={t('own.contact')}><Input maxLength={400} style={{ width: 240 }} /></Form.Item>
      <Button htmlType="submit" type="primary" loading={busy}>{label}</Button>
    </KeptForm>
  );
}

const filled = (typed: Typed) => Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined && value !== null && value !== ''));

function Mine({ registration }: { registration: Registration }) {
  const { t } = useTranslation(['events', 'app']);
  const change = useChange('registration', registration.id);
  const { body } = registration;
  return (
    <div className="oko-stack">
      <div className="oko-row"><StateTag kind="registration" state={registration.state} />
        <RecordActions kind="registration" record={registration as unknown as Head} hide={['attend', 'miss']} /></div>
      {registration.editable && registration.state === 'registered' && (
        <Details place={`registration.${registration.id}`} base={registration.version} initial={{ persons: body.persons, contact: body.contact }} busy={change.isPending} label={t('app:save')}
          onSave={(typed) => change.mutateAsync({ change: { body: filled(typed) }, version: registration.version }).then(() => toast.success(t('events:saved')))} />
      )}
    </div>
  );
}

/** The own organisation's part: invited or not, going or not, how many come. */
export function OwnPart({ event, unit }: { event: Event; unit: number }) {
  const { t } = useTranslation(['events', 'app']);
  const asked = useRegistrations(event.id, 1000, 0);
  const create = useCreate('registration');
  return (
    <Card size="small" title={t('events:own.title')}>
      <Loaded of={asked} rows={2}>
        {(data) => {
          const mine = data.items.find((one) => one.unit === unit);
          if (mine) return <Mine key={`${mine.id}-${mine.version}`} registration={mine} />;
          if (event.state !== 'planned') return <p className="oko-quiet">{t('events:own.none')}</p>;
          return (
            <>
              <p>{t('events:own.join')}</p>
              <Details place={`registration.new.${event.id}`} initial={{ persons: 1 }} busy={create.isPending} label={t('events:own.go')}
                onSave={(typed) => create.mutateAsync({ draft: { unit, body: { event: event.id, ...filled(typed) } } }).then(() => toast.success(t('events:own.done')))} />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
