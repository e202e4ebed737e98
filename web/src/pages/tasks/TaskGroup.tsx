import { RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useMe } from '../../app/session';
import { Due } from '../../parts/Due';
import { addressOf, type Group, type Task } from './tasks';

const FIRST = 5;

/** One thing to do: what it is about, whose, until when; the whole line leads there. */
export function TaskLine({ task, named = false }: { task: Task; named?: boolean }) {
  const me = useMe();
  return (
    <li>
      <Link to={addressOf(task)} className="oko-task">
        <span className="oko-task-what">
          {named && <b>{task.text}</b>}
          <span>{task.title}</span>
          {task.unit_name && task.unit !== me.unit && <span className="oko-quiet">{task.unit_name}</span>}
        </span>
        <span className="oko-task-due"><Due due={task.due ?? ''} overdue={task.overdue} /></span>
        <RightOutlined aria-hidden />
      </Link>
    </li>
  );
}

/** All tasks of one kind; five at first. */
export function TaskGroup({ group }: { group: Group }) {
  const { t } = useTranslation('tasks');
  const [all, setAll] = useState(false);
  const items = all ? group.items : group.items.slice(0, FIRST);
  const rest = group.total - group.items.length;
  return (
    <section aria-label={group.text} className="oko-panel oko-gap">
      <h2>{group.text} <span className="oko-task-n">{group.total}</span>{group.overdue > 0 && <span className="oko-task-late">{t('late', { count: group.overdue })}</span>}</h2>
      <ul className="oko-tasks">{items.map((task) => <TaskLine key={`${task.id}-${task.row ?? 0}`} task={task} />)}</ul>
      {group.items.length > FIRST && <Button type="link" onClick={() => setAll(!all)} aria-expanded={all}>{all ? t('fewer') : t('more', { count: group.items.length - FIRST })}</Button>}
      {all && rest > 0 && <p className="oko-quiet">{t('rest', { count: rest })}</p>}
    </section>
  );
}
