import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import { $api, type Schemas } from '../../api/client';
import { useDraft } from '../../app/drafts';
import { useKeep } from '../../app/context';
import { DraftNotice } from '../../parts/DraftNotice';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { useTellFailure } from '../../parts/ProblemAlert';
import { useCreate } from '../../parts/records';
import { Editor, type LetterText } from './Editor';
import '../../styles/cases.css';

function Writing({ page }: { page: Schemas['CasePage'] | null }) {
  const { t } = useTranslation(['recommendations', 'cases']);
  const keep = useKeep();
  const go = useNavigate();
  const tell = useTellFailure();
  const create = useCreate('recommendation');
  const about = page?.case;
  const start: LetterText = about && page
    ? { unit: about.unit, addressee: about.unit_name, subject: t('edit.subject-start'), text: page.advice.text, measures: page.advice.measures, cases: [about.id], sign: about.body.sign, cause: about.body.cause }
    : { subject: t('edit.subject-start') };
  const [value, setValue, draft] = useDraft<LetterText>(`letter.${about?.id ?? 'new'}`, start);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const save = () => {
    if (!value.unit) { setErrors({ unit: t('edit.unit-needed') }); return; }
    const { unit, ...body } = value;
    const said = Object.fromEntries(Object.entries(body).filter(([, part]) => part !== undefined && part !== ''));
    create.mutate({ draft: { unit, year: about?.year, title: value.subject || t('edit.subject-start'), body: said } }, {
      onSuccess: (made) => { draft.forget(); void go(keep(`/recommendations/${made.id}`)); },
      onError: (error) => tell(error),
    });
  };
  return (
    <>
      <PageHead title={t('page.new')} what={about ? t('edit.about', { unit: about.unit_name, year: about.year }) : t('edit.what')} crumbs={[{ title: t('page.letters'), to: keep('/recommendations') }]} />
      <DraftNotice draft={draft} />
      <Editor value={value} change={(part) => { setErrors({}); setValue({ ...value, ...part }); }} fixed={about !== undefined} busy={create.isPending} errors={errors} onSave={save} saveName={t('edit.create')} />
    </>
  );
}

/** A new letter: about a case (its sign, cause and advice are at hand), or free. */
export default function NewLetterPage() {
  const [search] = useSearchParams();
  const about = Number(search.get('case') ?? 0);
  const page = $api.useQuery('get', '/cases/{id}/page', { params: { path: { id: about } } }, { enabled: about > 0 });
  if (about <= 0) return <Writing page={null} />;
  return <Loaded of={page}>{(data) => <Writing key={data.case.id} page={data} />}</Loaded>;
}
