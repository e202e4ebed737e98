import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { FactList } from '../../parts/FactList';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { useFormat } from '../../parts/format';
import { useProcedureTitle } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { NextStep } from '../../parts/NextStep';
import { PageHead } from '../../parts/PageHead';
import { RecordLinks } from '../../parts/RecordLinks';
import { useRecord, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import { RecheckDrawer } from './RecheckDrawer';
import '../../styles/cases.css';

type Recheck = Schemas['Recheck'] & Head;

function Result({ recheck }: { recheck: Recheck }) {
  const { t } = useTranslation('rechecks');
  const format = useFormat();
  const { body } = recheck;
  if (body.checked === undefined) return null;
  const items = [
    { key: 'checked', label: t('list.checked'), children: format.number(body.checked, 0) },
    { key: 'up', label: t('result.up'), children: format.number(body.up, 0) },
    { key: 'down', label: t('result.down'), children: format.number(body.down, 0) },
    { key: 'share', label: t('result.share'), children: `${format.percent(body.share)} (${t('result.interval', { lo: format.percent(body.share_lo), hi: format.percent(body.share_hi) })})` },
    ...(body.all_lo == null ? [] : [{ key: 'all', label: t('result.all'), children: t('result.interval', { lo: format.percent(body.all_lo), hi: format.percent(body.all_hi) }) }]),
  ];
  const p = body.p_above_target;
  return (
    <Card title={<h2 className="oko-h2">{t('result.title')}</h2>}>
      <FactList items={items} />
      {p != null && <p>{p < 0.05 ? t('result.above', { p: format.p(p) }) : t('result.not-above')}</p>}
      <p className="oko-quiet">{t('result.note')}</p>
    </Card>
  );
}

/** One re-check: what is planned, its result with how sure it is, what comes next. */
export default function RecheckPage() {
  const { t } = useTranslation(['rechecks', 'app']);
  const keep = useKeep();
  const title = useProcedureTitle();
  const id = Number(useParams().id);
  const [editing, setEditing] = useState(false);
  const recheck = useRecord<Recheck>('recheck', id);
  return (
    <Loaded of={recheck}>
      {(one) => (
        <>
          <PageHead title={`${t('page.one')}: ${one.unit_name || one.unit_code}`} what={[title(one.body.procedure), one.body.class, one.body.body].filter(Boolean).join(' · ')} crumbs={[{ title: t('page.all'), to: keep('/rechecks') }]}>
            <StateTag kind="recheck" state={one.state} />
            {one.editable && <Button onClick={() => setEditing(true)}>{t('app:edit')}</Button>}
            <HistoryDrawer kind="recheck" id={one.id} />
          </PageHead>
          <div className="oko-two">
            <div className="oko-stack">
              <NextStep kind="recheck" record={one} lead={{ finish: <p>{t('finish-lead')}</p> }} start={{ finish: one.body.works ? { works: one.body.works } : {} }} />
              <Result recheck={one} />
            </div>
            <div className="oko-stack">
              <Card title={<h2 className="oko-h2">{t('files')}</h2>}><RecordLinks kind="recheck" record={one} /></Card>
              <Card title={<h2 className="oko-h2">{t('steps')}</h2>}><Steps kind="recheck" record={one} /></Card>
            </div>
          </div>
          {editing && <RecheckDrawer recheck={one} onClose={() => setEditing(false)} />}
        </>
      )}
    </Loaded>
  );
}
