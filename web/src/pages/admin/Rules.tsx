import '../../styles/admin.css';

import { Collapse, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RegionPack } from './RegionPack';

const FIXED = ['fioko-2019', 'oko', 'external', 'other'] as const;

function FixedPack({ name }: { name: string }) {
  const { t } = useTranslation('admin');
  const pack = $api.useQuery('get', '/rule-packs/{name}/details', { params: { path: { name } } });
  return (
    <Loaded of={pack}>
      {(data) => (
        <div className="oko-stack">
          <p className="oko-quiet">{t('rules.version', { version: data.pack.version })} · {t('rules.fixed')}</p>
          {data.rules.filter((rule) => rule.title).map((rule) => (
            <div key={rule.rule}>
              <h3 className="oko-h3">{rule.title}</h3>
              <p>{rule.what}</p>
              {rule.reading && <p className="oko-quiet">{t('rules.reading')}: {rule.reading}</p>}
            </div>
          ))}
        </div>
      )}
    </Loaded>
  );
}

function Reference() {
  const { t } = useTranslation('admin');
  const keep = useKeep();
  const operator = useRole('operator');
  const list = $api.useQuery('get', '/findings', { params: { query: { kind: 'reference', limit: 1 } } });
  return (
    <section className="oko-section">
      <h2>{t('rules.reference')}</h2>
      <p>{t('rules.reference-what')}</p>
      <Loaded of={list} rows={1}>{(data) => <p><strong>{data.total > 0 ? t('rules.reference-n', { count: data.total }) : t('rules.reference-none')}</strong></p>}</Loaded>
      {operator && <Link to={keep('/data')}>{t('rules.reference-load')}</Link>}
    </section>
  );
}

export default function Rules() {
  const { t } = useTranslation('admin');
  const reads = useRole('operator', 'head', 'auditor');
  const [open, setOpen] = useState<string[]>([]);
  const region = $api.useQuery('get', '/rule-packs/{name}/details', { params: { path: { name: 'region' } } });
  return (
    <>
      <PageHead title={t('page.rules')} what={t('rules.what')} />
      <div className="oko-stack">
        <section className="oko-section">
          <h2>{t('rules.pack.region')} {region.data && <Tag>{t(region.data.pack.own ? 'rules.own' : 'rules.builtin')}</Tag>}</h2>
          <Loaded of={region}>{(data) => <RegionPack key={`${data.pack.sha256}`} details={data} />}</Loaded>
        </section>
        {reads && <Reference />}
        <Collapse activeKey={open} onChange={(keys) => setOpen([keys].flat())} items={FIXED.map((name) => ({ key: name, label: t(`rules.pack.${name}`), children: open.includes(name) ? <FixedPack name={name} /> : null }))} />
      </div>
    </>
  );
}
