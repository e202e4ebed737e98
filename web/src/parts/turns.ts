import tasks from '../../../reference/cycle/tasks.json';
import type { Role } from '../app/session';
import type { RecordKind } from './flows';

export interface Turn { action: string; roles: Role[] }

/** Whose turn it is with a record of this state, and what they do: the same file that the server's «Мои задачи» reads. */
export function turnOf(kind: RecordKind, state: string): Turn | undefined {
  const task = tasks.tasks.find((one) => one.kind === kind && one.states.split(',').includes(state));
  return task && { action: task.action, roles: task.roles as Role[] };
}

/** States in which a record of this kind waits for the role, for a filter of the API: "cause,acceptance". */
export const statesOf = (kind: RecordKind, role: Role): string =>
  tasks.tasks.filter((one) => one.kind === kind && one.roles.includes(role)).map((one) => one.states).join(',');
