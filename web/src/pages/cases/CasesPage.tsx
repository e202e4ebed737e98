import { AppstoreOutlined, BarsOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../../api/client';
import { useKeep } from '../../app/context';
import { useRole } from '../../app/session';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import { Board } from './Board';
import { useCaseFilter } from './filter';
import { Filters } from './Filters';
import { List } from './List';
import '../../styles/cases.css';

/** All cases in sight, as a board by state or as a list by deadline. */
export default function CasesPage() {
  const { t } = useTranslation(['cases', 'app']);
  const keep = useKeep();
  const operator = useRole('operator');
  const { filter, unit, year, change } = useCaseFilter();
  const board = $api.useQuery('get', '/cases/board', {
    params: { query: { unit, year, sign: filter.sign ?? undefined, overdue: filter.overdue, mine: filter.mine, cards: filter.view === 'board' ? 12 : 0 } },
  });
  return (
    <>
      <PageHead title={t('page.all')} what={t('all.what')}>
        <Segmented aria-label={t('view.name')} value={filter.view} onChange={(view) => change({ view: view === 'list' ? 'list' : null })}
          options={[{ value: 'board', icon: <AppstoreOutlined />, label: t('view.board') }, { value: 'list', icon: <BarsOutlined />, label: t('view.list') }]} />
        {operator && <Link to={keep('/cases/signals')}><Button type="primary" icon={<PlusOutlined />}>{t('signals.go')}</Button></Link>}
      </PageHead>
      <Filters signs={board.data?.signs ?? {}} />
      {filter.view === 'list'
        ? <List total={board.data} />
        : <Loaded of={board}>{(data) => <Board board={data} />}</Loaded>}
    </>
  );
}
