import { Alert, Button, Checkbox, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { EmptyState } from '../../parts/EmptyState';
import { GROUPS, useTitle, type Indicator } from '../indicators/data';
import { useFields } from './data';

/** Which active indicators of the year the campaign computes. */
export function ChooseIndicators({ items, chosen, year, onChange }: { items: Indicator[]; chosen: string[]; year: number; onChange: (codes: string[]) => void }) {
  const { t } = useTranslation(['monitoring', 'indicators']);
  const title = useTitle();
  const codes = items.map((one) => one.body.code ?? '');
  if (items.length === 0) return <EmptyState why={t('new.no-indicators', { year })} next={<Link to={`/indicators?year=${year}`}>{t('new.to-register')}</Link>} />;
  const inGroup = (group: string) => items.filter((one) => one.body.group === group);
  return (
    <>
      <Space className="oko-gap">
        <Button size="small" onClick={() => onChange(codes)}>{t('new.all')}</Button>
        <Button size="small" onClick={() => onChange([])}>{t('new.nothing')}</Button>
        <span className="oko-quiet" role="status">{t('new.chosen', { count: chosen.length, total: codes.length })}</span>
      </Space>
      {GROUPS.filter((group) => inGroup(group).length > 0).map((group) => (
        <fieldset key={group} className="oko-choices">
          <legend>{t(`indicators:group.${group}`)}</legend>
          <Checkbox.Group value={chosen} onChange={(own) => onChange([...chosen.filter((code) => !inGroup(group).some((one) => one.body.code === code)), ...own.map(String)])}
            options={inGroup(group).map((one) => ({ value: one.body.code ?? '', label: title(one) }))} />
        </fieldset>
      ))}
    </>
  );
}

/** What schools and municipalities are asked for. */
export function ChooseFields({ chosen, needed, onChange }: { chosen: string[]; needed: string[]; onChange: (codes: string[]) => void }) {
  const { t } = useTranslation(['monitoring']);
  const { fields, words } = useFields();
  const lost = needed.filter((code) => !chosen.includes(code));
  return (
    <>
      <p className="oko-quiet">{t('new.fields-what')}</p>
      {(['school', 'municipality'] as const).map((level) => {
        const own = fields.filter((field) => field.level === level);
        return (
          <fieldset key={level} className="oko-choices">
            <legend>{t(`new.asked.${level}`)}</legend>
            <Checkbox.Group value={chosen} onChange={(codes) => onChange([...chosen.filter((code) => !own.some((field) => field.code === code)), ...codes.map(String)])}
              options={own.map((field) => ({ value: field.code, label: words(field).title }))} />
          </fieldset>
        );
      })}
      {lost.length > 0 && <Alert type="warning" showIcon title={t('new.lost', { fields: fields.filter((field) => lost.includes(field.code)).map((field) => words(field).title).join('; ') })} />}
    </>
  );
}
