import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useContextBar, useKeep } from '../../app/context';
import { useMe } from '../../app/session';
import { EmptyState } from '../../parts/EmptyState';
import { useFormat } from '../../parts/format';
import { Loaded } from '../../parts/Loaded';
import { Classes } from './Classes';
import { Matrix } from './Matrix';
import { Procedures } from './Procedures';
import { Records } from './Records';
import { Rules } from './Rules';
import { SchoolHead } from './SchoolHead';
import { Signs } from './Signs';
import { Similar } from './Similar';
import { Summary } from './Summary';
import { byStrength, useUnit, useView, type Unit, type View } from './view';
import '../../styles/school.css';

function useAbout(): (unit: Unit) => string {
  const { t, i18n } = useTranslation('school');
  return (unit) => [
    unit.type ? (i18n.exists(`school:type.${unit.type}`) ? t(`type.${unit.type}`) : unit.type) : '',
    unit.place ? t(`place.${unit.place}`) : '',
    unit.cluster ? t('cluster', { cluster: unit.cluster }) : '',
    t('code', { code: unit.code }),
  ].filter(Boolean).join(' · ');
}

function Nothing() {
  const { t } = useTranslation('school');
  const me = useMe();
  const may = me.role === 'operator';
  return <EmptyState why={t('empty.why')} next={may ? <Link to="/data"><Button type="primary">{t('empty.load')}</Button></Link> : t('empty.ask')} />;
}

function Body({ unit, view }: { unit: Unit; view: View }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  const { procedure, change } = useContextBar();
  const sorted = useMemo(() => [...view.procedures].sort(byStrength), [view]);
  const shown = view.procedures.find((one) => one.procedure === procedure) ?? sorted[0];
  const choose = (code: string) => {
    change({ procedure: code });
    setTimeout(() => document.getElementById('oko-procedure')?.focus(), 50);
  };
  if (!shown) return <Nothing />;
  return (
    <div className="oko-stack oko-passport">
      <p className="oko-only-print">{t('printed', { run: view.evidence_run, main: view.run, date: format.date(new Date().toISOString()) })}</p>
      <Summary view={view} onChoose={choose} />
      <Matrix view={view} chosen={shown.procedure} onChoose={choose} />
      <Procedures unit={unit.id} view={view} chosen={shown.procedure} onChoose={choose} />
      <Signs unit={unit.id} of={shown} all={view.procedures} onChoose={choose} />
      <Classes unit={unit.id} of={shown} />
      <Rules unit={unit.id} view={view} procedure={shown.procedure} />
      <Similar view={view} />
      <Records unit={unit.id} />
    </div>
  );
}

function School({ unit }: { unit: Unit }) {
  const { t } = useTranslation('school');
  const about = useAbout();
  const keep = useKeep();
  const me = useMe();
  const view = useView(unit.id);
  return (
    <>
      <SchoolHead unit={unit} title={unit.name} what={about(unit)}>
        {me.role !== 'school' && <Link to={keep(`/analysis/schools/${unit.id}/pairs`)}><Button>{t('to-pairs')}</Button></Link>}
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>{t('print')}</Button>
      </SchoolHead>
      <Loaded of={view} rows={8}>{(data) => <Body unit={unit} view={data} />}</Loaded>
    </>
  );
}

/** Passport of a school: first in words, then all procedures and years, then each sign with its picture. */
export default function Passport() {
  const { id } = useParams();
  const unit = useUnit(Number(id));
  useView(Number(id)); // at the same time
  return <Loaded of={unit}>{(data) => <School unit={data} />}</Loaded>;
}
