import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useParams } from 'react-router';

import { $api } from '../../api/client';
import { pageOf } from '../../parts/flows';
import { Loaded } from '../../parts/Loaded';
import { Notice } from '../../parts/Notice';

/** Any record by its number: leads to the page of its kind. */
export default function RecordById() {
  const { t } = useTranslation('records');
  const id = Number(useParams().id);
  const { search } = useLocation();
  const record = $api.useQuery('get', '/records/{id}', { params: { path: { id } } });
  return (
    <Loaded of={record}>
      {({ kind, title }) => {
        const page = pageOf(kind, id);
        return page ? <Navigate to={`${page}${search}`} replace /> : <Notice title={title} what={t('no-page', { kind: t(`kind.${kind}`) })} />;
      }}
    </Loaded>
  );
}
