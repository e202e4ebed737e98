import { EditOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';

import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { RecordActions } from '../../parts/RecordActions';
import { useChange, useRecord, type Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Steps, stepsOf } from '../../parts/Steps';
import { toast } from '../../parts/toast';
import { useTitle, type Indicator } from './data';
import { Definition } from './Definition';
import { Editor } from './Editor';
import { TryIt } from './TryIt';
import { Versions } from './Versions';
import '../../styles/indicators.css';

function Shown({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation(['indicators', 'app']);
  const reads = useRole('operator', 'head', 'auditor');
  return (
    <div className="oko-columns">
      <div className="oko-stack">
        <Definition indicator={indicator} />
        <section className="oko-panel" aria-label={t('way')}><h2>{t('way')}</h2><Steps kind="indicator" record={indicator as Head<object>} /></section>
      </div>
      <div className="oko-stack">
        {reads && <TryIt body={indicator.body} year={indicator.year ?? new Date().getFullYear()} valid />}
        <Versions code={indicator.body.code ?? ''} current={indicator.id} />
      </div>
    </div>
  );
}

/** One indicator of a year: its definition, its way to approval, its other years; a draft is edited here. */
export default function IndicatorPage() {
  const { t } = useTranslation(['indicators', 'records', 'app']);
  const id = Number(useParams().id);
  const record = useRecord<Indicator & Head>('indicator', id);
  const change = useChange('indicator', id);
  const [edited, setEdited] = useState(false);
  const title = useTitle();
  const keep = useKeep();
  return (
    <Loaded of={record}>
      {(indicator) => {
        const returned = indicator.state === 'draft' && stepsOf(indicator).at(-1)?.action === 'return' ? stepsOf(indicator).at(-1)!.words : '';
        return (
          <>
            <PageHead title={title(indicator)} what={<><StateTag kind="indicator" state={indicator.state} /> {t('of-year', { year: indicator.year })}</>}
              crumbs={[{ title: t('page.register'), to: keep('/indicators', { year: indicator.year ?? null }) }, { title: indicator.body.code ?? '' }]}>
              {!edited && <RecordActions kind="indicator" record={indicator} />}
              {!edited && indicator.editable && <Button icon={<EditOutlined />} onClick={() => setEdited(true)}>{t('app:edit')}</Button>}
              <HistoryDrawer kind="indicator" id={id} />
            </PageHead>
            {returned && <Alert type="warning" showIcon className="oko-gap" title={t('returned')} description={returned} />}
            {edited ? (
              <Editor place={`indicator.${id}`} base={indicator.version} start={{ title: indicator.title ?? '', body: indicator.body }} year={indicator.year ?? 0} fresh={false} onCancel={() => setEdited(false)}
                onSave={async (draft) => {
                  const { variables: _, steps: __, comment: ___, reason: ____, summary: _____, ...body } = draft.body;
                  await change.mutateAsync({ change: { title: draft.title, body }, version: indicator.version });
                  setEdited(false);
                  toast.success(t('saved'));
                }} />
            ) : <Shown indicator={indicator} />}
          </>
        );
      }}
    </Loaded>
  );
}
