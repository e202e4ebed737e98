import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import { $api } from '../../api/client';
import { useMe } from '../../app/session';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/Loaded';
import { PageHead } from '../../parts/PageHead';
import '../../styles/tasks.css';
import { FirstSteps } from './FirstSteps';
import { LeftDrafts } from './LeftDrafts';
import { NextPlaces } from './NextPlaces';
import { TaskGroup, TaskLine } from './TaskGroup';
import { groupsOf, todayOf, type Tasks } from './tasks';

function Shown({ tasks }: { tasks: Tasks }) {
  const { t } = useTranslation('tasks');
  const today = todayOf(tasks, dayjs().format('YYYY-MM-DD'), dayjs().add(3, 'day').format('YYYY-MM-DD'));
  const groups = groupsOf(tasks, new Set(today));
  return (
    <>
      {tasks.checklist.length > 0 && <FirstSteps steps={tasks.checklist} />}
      {today.length > 0 && (
        <section aria-labelledby="today" className="oko-panel oko-gap oko-today">
          <h2 id="today">{t('today')}</h2>
          <ul className="oko-tasks">{today.map((task) => <TaskLine key={`${task.code}-${task.id}-${task.row ?? 0}`} task={task} named />)}</ul>
        </section>
      )}
      {groups.map((group) => <TaskGroup key={group.code} group={group} />)}
      {groups.length === 0 && today.length === 0 && <EmptyState why={t('nothing')} next={<p>{t('nothing-next')}</p>} />}
      <NextPlaces />
    </>
  );
}

/** Home: what waits for this person, by what is to be done; the first steps while the system is empty. */
export default function TasksPage() {
  const { t } = useTranslation(['tasks', 'app', 'records']);
  const me = useMe();
  const tasks = $api.useQuery('get', '/tasks');
  const said = tasks.data && (tasks.data.total === 0 ? t('tasks:none-now') : [t('tasks:total', { count: tasks.data.total }), (tasks.data.overdue ?? 0) > 0 ? t('tasks:overdue', { count: tasks.data.overdue }) : t('tasks:none-overdue')].join(', '));
  return (
    <>
      <PageHead title={t('tasks:page')} what={<>{t('tasks:hello', { name: me.name, role: t(`app:role.${me.role}`) })} {said}</>} />
      <LeftDrafts />
      <Loaded of={tasks} rows={6}>{(data) => <Shown tasks={data} />}</Loaded>
    </>
  );
}
