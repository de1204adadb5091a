import { type Blueprint, validateBlueprint } from '@bachata-buddy/blueprint';
import { type Database, findBlueprint, type StoredBlueprint, type Task } from '@bachata-buddy/database';
import { notFound } from '../../http/http-answer.ts';

export const NO_BLUEPRINT = 'This task has no blueprint yet.';
export const UNREADABLE_BLUEPRINT = 'The blueprint of this task does not say what is danced.';

/** The document of a task, whatever it says. @throws HttpAnswer 404 where it has none */
export async function getBlueprint(
  database: Database,
  { taskId, status }: Pick<Task, 'taskId' | 'status'>,
): Promise<StoredBlueprint> {
  const stored = await findBlueprint(database, taskId);
  if (stored !== null) return stored;
  throw notFound(
    status === 'failed' ? 'This task has no blueprint: it ended before one was made.' : NO_BLUEPRINT,
  );
}

/** The document of a task, where a reader can rely on it. @throws HttpAnswer 404 */
export async function getSoundBlueprint(database: Database, task: Task): Promise<Blueprint> {
  const { blueprint } = await getBlueprint(database, task);
  if (validateBlueprint(blueprint).length > 0) throw notFound(UNREADABLE_BLUEPRINT);
  return blueprint as Blueprint;
}
