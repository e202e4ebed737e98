import { InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useKeep } from '../../app/context';
import { PageHead } from '../../parts/PageHead';
import { useCreate } from '../../parts/records';
import { toast } from '../../parts/toast';
import { EMPTY, useIndicatorYear } from './data';
import { Editor } from './Editor';

export default function NewIndicator() {
  const { t } = useTranslation(['indicators', 'app']);
  const { year } = useIndicatorYear();
  const [typed, setOf] = useState<number | null>(null);
  const of = typed ?? year ?? new Date().getFullYear();
  const keep = useKeep();
  const navigate = useNavigate();
  const create = useCreate('indicator');
  return (
    <>
      <PageHead title={t('page.new')} what={t('new.what')} crumbs={[{ title: t('page.register'), to: keep('/indicators') }, { title: t('page.new') }]} />
      <div className="oko-row oko-gap">
        <label htmlFor="indicator-year">{t('new.year')}</label>
        <InputNumber id="indicator-year" min={1990} max={2100} value={of} onChange={(value) => { if (value) setOf(value); }} />
      </div>
      <Editor place="indicator.new" start={{ title: '', body: EMPTY }} year={of} fresh onCancel={() => navigate(keep('/indicators'))}
        onSave={async (draft) => {
          const made = await create.mutateAsync({ draft: { title: draft.title, year: of, body: draft.body as Record<string, unknown> } });
          toast.success(t('new.made'));
          await navigate(keep(`/indicators/${made.id}`, { year: of }));
        }} />
    </>
  );
}
