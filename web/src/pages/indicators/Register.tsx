import { Button, Space, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useMe, useRole } from '../../app/session';
import { DataTable } from '../../parts/DataTable';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { StateTag } from '../../parts/StateTag';
import { ActAll } from './ActAll';
import { Compute } from './Compute';
import { GROUPS, useAim, useIndicatorYear, useTitle, type Group, type Indicator } from './data';
import { Seed } from './Seed';
import '../../styles/indicators.css';

function GroupTable({ group, items }: { group: Group; items: Indicator[] }) {
  const { t } = useTranslation(['indicators', 'app']);
  const title = useTitle();
  const aim = useAim();
  const keep = useKeep();
  return (
    <section className="oko-group" aria-label={t(`group.${group}`)}>
      <h2>{t(`group.${group}`)}</h2>
      {items.length === 0 ? <p className="oko-quiet">{t('group.empty')}</p> : (
        <DataTable<Indicator>
          name={t(`group.${group}`)}
          tableLayout="fixed"
          dataSource={items}
          columns={[
            { title: t('column.title'), key: 'title', width: 250, render: (_, one) => <Link to={keep(`/indicators/${one.id}`)}>{title(one)}</Link> },
            { title: t('column.aim'), key: 'aim', width: 150, render: (_, one) => aim(one.body, one.body.unit) },
            { title: t('column.formula'), key: 'formula', width: 220, render: (_, one) => <code className="oko-break">{one.body.formula}</code> },
            { title: t('column.levels'), key: 'levels', width: 130, render: (_, one) => (one.body.levels ?? []).map((level) => t(`app:level.${level}`)).join(', ') },
            { title: t('column.state'), key: 'state', width: 130, render: (_, one) => <StateTag kind="indicator" state={one.state} /> },
          ]}
        />
      )}
    </section>
  );
}

/** A school and a municipality see what concerns their own level; `?levels=all` shows the rest. */
function useOwnLevel(): { fits: (one: Indicator) => boolean; all: boolean; show: (all: boolean) => void; own: 'school' | 'municipality' | undefined } {
  const { role } = useMe();
  const [search, setSearch] = useSearchParams();
  const own = role === 'school' ? 'school' : role === 'municipal' ? 'municipality' : undefined;
  const all = own === undefined || search.get('levels') === 'all';
  const show = (to: boolean) => setSearch((old) => { const next = new URLSearchParams(old); if (to) next.set('levels', 'all'); else next.delete('levels'); return next; });
  return { fits: (one) => all || own === undefined || (one.body.levels ?? []).includes(own), all, show, own };
}

/** The register of a year, in the four groups of the roadmap's second row. */
export default function Register() {
  const { t } = useTranslation(['indicators', 'records', 'app']);
  const { year, pending } = useIndicatorYear();
  const writes = useRole('operator');
  const keep = useKeep();
  const level = useOwnLevel();
  const list = $api.useQuery('get', '/indicators', { params: { query: { ...(year === undefined ? {} : { year }), limit: 500 } } }, { enabled: !pending });
  return (
    <>
      <PageHead title={year === undefined ? t('page.register') : t('register.title', { year })} what={t('register.what')}>
        {writes && year !== undefined && <Seed year={year} />}
        {writes && <Link to={keep('/indicators/new')}><Button type="primary">{t('register.new')}</Button></Link>}
      </PageHead>
      <Loaded of={list}>
        {(data) => (data.items.length === 0 ? (
          <EmptyState why={t('register.empty')} next={writes && <Seed year={year ?? new Date().getFullYear()} shown />} />
        ) : (
          <>
            <Space wrap className="oko-gap oko-no-print">
              <ActAll items={data.items} action="submit" year={year} />
              <ActAll items={data.items} action="approve" year={year} />
              {year !== undefined && data.items.some((one) => one.state === 'active') && <Compute year={year} />}
            </Space>
            {level.own && <p><label className="oko-row"><Switch checked={level.all} onChange={level.show} />{t('register.others')}</label></p>}
            {GROUPS.map((group) => ({ group, items: data.items.filter((one) => one.body.group === group && level.fits(one)) })).filter(({ items }) => level.all || items.length > 0).map((one) => <GroupTable key={one.group} {...one} />)}
          </>
        ))}
      </Loaded>
    </>
  );
}
