import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import type { Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { FactList } from '../../parts/FactList';
import { useFormat } from '../../parts/format';
import { useProcedureTitle, useRemarkKinds } from '../../parts/lists';
import { Loaded } from '../../parts/Loaded';
import { NextStep } from '../../parts/NextStep';
import { PageHead } from '../../parts/PageHead';
import { RecordLinks } from '../../parts/RecordLinks';
import { useRecord, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps } from '../../parts/Steps';
import { ProtocolForm } from './ProtocolForm';
import { VisitDrawer } from './VisitDrawer';
import '../../styles/cases.css';

type Visit = Schemas['Observation'] & Head;

function Protocol({ visit }: { visit: Visit }) {
  const { t } = useTranslation('observations');
  const kinds = useRemarkKinds();
  const protocol = visit.body.protocol;
  if (!protocol) return null;
  return (
    <Card title={<h2 className="oko-h2">{t('protocol.title')}</h2>}>
      <p>{protocol.begin && `${protocol.begin}–${protocol.end}. `}{t(protocol.independent ? 'protocol.independent' : 'protocol.own')} {protocol.video && t('protocol.with-video')}</p>
      {protocol.none ? <p><b>{t('protocol.none')}</b></p> : (
        <ol>{(protocol.remarks ?? []).map((one, i) => <li key={i}>{one.kind && <b>{kinds.find((kind) => kind.code === one.kind)?.name ?? one.kind}: </b>}{one.text}</li>)}</ol>
      )}
    </Card>
  );
}

/** One visit: where and when, the protocol to be filled or as it was filled, what comes next. */
export default function ObservationPage() {
  const { t } = useTranslation(['observations', 'app']);
  const keep = useKeep();
  const format = useFormat();
  const title = useProcedureTitle();
  const observer = useRole('observer');
  const id = Number(useParams().id);
  const [editing, setEditing] = useState(false);
  const visit = useRecord<Visit>('observation', id);
  return (
    <Loaded of={visit}>
      {(one) => {
        const fills = one.actions.includes('hold');
        const items = [
          { key: 'date', label: t('list.date'), children: one.body.date ? format.date(one.body.date) : null },
          { key: 'time', label: t('list.time'), children: one.body.begin ? `${one.body.begin}–${one.body.end}` : null },
          { key: 'stage', label: t('list.stage'), children: one.body.stage ? t(`stage.${one.body.stage}`) : null },
          { key: 'class', label: t('edit.class'), children: one.body.class },
          { key: 'room', label: t('edit.room'), children: one.body.room },
        ].filter((item) => item.children);
        return (
          <>
            <PageHead title={one.unit_name || one.unit_code || t('page.one')} what={title(one.body.procedure)} crumbs={[{ title: t(observer ? 'page.mine' : 'page.all'), to: keep('/observations') }]}>
              <StateTag kind="observation" state={one.state} />
              {one.editable && <Button onClick={() => setEditing(true)}>{t('app:edit')}</Button>}
              <HistoryDrawer kind="observation" id={one.id} />
            </PageHead>
            <div className="oko-two">
              <div className="oko-stack">
                {fills && <Card title={<h2 className="oko-h2">{t('protocol.fill')}</h2>}><ProtocolForm key={one.version} visit={one} /></Card>}
                {!observer && (one.actions.some((name) => name !== 'hold') || !fills) && <NextStep kind="observation" record={one} hide={['hold']} />}
                <Protocol visit={one} />
              </div>
              <div className="oko-stack">
                {items.length > 0 && <Card title={<h2 className="oko-h2">{t('page.one')}</h2>}><FactList items={items} /></Card>}
                <Card title={<h2 className="oko-h2">{t('files')}</h2>}><RecordLinks kind="observation" record={one} documents /></Card>
                <Card title={<h2 className="oko-h2">{t('steps')}</h2>}><Steps kind="observation" record={one} /></Card>
              </div>
            </div>
            {editing && <VisitDrawer visit={one} onClose={() => setEditing(false)} />}
          </>
        );
      }}
    </Loaded>
  );
}
