import type { Schemas } from '../../api/client';
import { pageOf } from '../../parts/flows';

export type Tasks = Schemas['Tasks'];
export type Task = Schemas['Task'];
export interface Group { code: string; text: string; total: number; overdue: number; items: Task[] }

/** The page where the task is done, with its action open. */
export function addressOf(task: Task): string {
  if (task.roadmap !== undefined) return `/roadmap/table/${task.roadmap}?no=${task.row}&unit=${task.unit}`;
  return `${pageOf(task.kind, task.id) ?? `/records/${task.id}`}?act=${task.action}`;
}

/** Tasks by what is to be done, the most urgent kind first, without those that stand above already. */
export function groupsOf(tasks: Tasks, shown: Set<Task>): Group[] {
  const groups = new Map<string, Group>();
  for (const item of tasks.items) {
    if (shown.has(item)) continue;
    const known = groups.get(item.code) ?? { code: item.code, text: item.text ?? item.code, total: tasks.groups.find((one) => one.code === item.code)?.total ?? 0, overdue: 0, items: [] };
    known.items.push(item);
    known.overdue += item.overdue ? 1 : 0;
    groups.set(item.code, known);
  }
  return [...groups.values()];
}

/** What to do today: overdue, due today or in the next three days. */
export function todayOf(tasks: Tasks, today: string, soon: string): Task[] {
  return tasks.items.filter((task) => task.overdue || (task.due !== undefined && task.due !== '' && task.due >= today && task.due <= soon)).slice(0, 5);
}
