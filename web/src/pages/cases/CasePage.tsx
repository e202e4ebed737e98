import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { HistoryDrawer } from '../../parts/HistoryDrawer';
import { Loaded } from '../../parts/Loaded';
import { useProcedureTitle } from '../../parts/lists';
import { PageHead } from '../../parts/PageHead';
import { RecordLinks } from '../../parts/RecordLinks';
import type { Head } from '../../parts/records';
import { StateTag } from '../../parts/StateTag';
import { Advice } from './Advice';
import { CaseStep } from './CaseStep';
import { Effect } from './Effect';
import { Letters } from './Letters';
import { Measures } from './Measures';
import { Signal } from './Signal';
import { Similar } from './Similar';
import { Story } from './Story';
import { Way } from './Way';
import { useSign } from './words';
import '../../styles/cases.css';

export type CasePageData = Schemas['CasePage'];

function Years({ page }: { page: CasePageData }) {
  const { t } = useTranslation('cases');
  const keep = useKeep();
  if (!page.earlier && !page.later) return null;
  return (
    <p className="oko-row">
      {page.earlier && <Link to={keep(`/cases/${page.earlier.id}`)}>{t('years.earlier', { year: page.earlier.year })}</Link>}
      {page.later && <Link to={keep(`/cases/${page.later.id}`)}>{t('years.later', { year: page.later.year })}</Link>}
    </p>
  );
}

function Content({ page }: { page: CasePageData }) {
  const { t } = useTranslation(['cases', 'app']);
  const keep = useKeep();
  const sign = useSign();
  const procedure = useProcedureTitle();
  const school = useRole('school');
  const one = page.case;
  const head = one as Head;
  return (
    <>
      <PageHead title={!one.body.sign && one.title ? one.title : `${sign(one.body.sign)} — ${one.unit_name || one.unit_code}`} what={[procedure(one.body.procedure) || one.year, one.body.class].filter(Boolean).join(', ')}
        crumbs={[{ title: t('page.all'), to: keep('/cases') }]}>
        <StateTag kind="case" state={one.state} />
        <HistoryDrawer kind="case" id={one.id} />
      </PageHead>
      <Years page={page} />
      <Way state={one.state} />
      <div className="oko-two">
        <div className="oko-stack">
          <CaseStep page={page} />
          <Signal page={page} />
          <Effect facts={one.body.effect_facts} />
          <Story record={head} />
        </div>
        <div className="oko-stack">
          <Letters page={page} />
          <Measures page={page} />
          <Card title={<h2 className="oko-h2">{t('files')}</h2>}><RecordLinks kind="case" record={head} documents /></Card>
          {!school && <Advice page={page} />}
          <Similar page={page} />
        </div>
      </div>
    </>
  );
}

/** One case as a story: what was noticed, what is to be done now and by whom, what was done, what belongs to it. */
export default function CasePage() {
  const id = Number(useParams().id);
  const page = $api.useQuery('get', '/cases/{id}/page', { params: { path: { id } } });
  return <Loaded of={page} rows={8}>{(data) => <Content key={data.case.id} page={data} />}</Loaded>;
}
