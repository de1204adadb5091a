import { type Blueprint, BlueprintError, hashBlueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import type { StoredBlueprint } from '@bachata-buddy/database';

export interface LoadedBlueprint {
  readonly blueprint: Blueprint;
  readonly hash: string;
}

/**
 * A blueprint as the database has it, checked against its hash and validated.
 *
 * @param stored null where there is none
 * @throws BlueprintError
 */
export function checkStoredBlueprint(stored: StoredBlueprint | null, taskId: string): LoadedBlueprint {
  if (stored === null) throw invalid('The task has no blueprint');
  const blueprint = parseBlueprint(stored.blueprint);
  const hash = hashBlueprint(blueprint);
  if (hash !== stored.sha256) throw invalid('The stored blueprint does not match its hash');
  return checkTaskId({ blueprint, hash }, taskId);
}

/**
 * A blueprint from text.
 *
 * @param taskId the task it must belong to, where that is known
 * @throws BlueprintError
 */
export function readBlueprintText(text: string, taskId: string | undefined): LoadedBlueprint {
  const blueprint = parseBlueprint(text);
  const loaded = { blueprint, hash: hashBlueprint(blueprint) };
  return taskId === undefined ? loaded : checkTaskId(loaded, taskId);
}

/** The task a document says it belongs to, also where the document is not valid otherwise. */
export function taskIdOfText(text: string): string | undefined {
  try {
    const { task_id: taskId } = JSON.parse(text) as { task_id?: unknown };
    return typeof taskId === 'string' && taskId.trim() !== '' ? taskId : undefined;
  } catch {
    return undefined;
  }
}

function checkTaskId(loaded: LoadedBlueprint, taskId: string): LoadedBlueprint {
  if (loaded.blueprint.task_id === taskId) return loaded;
  throw invalid("Field 'task_id' names another task", 'task_id');
}

function invalid(text: string, path = ''): BlueprintError {
  return new BlueprintError([{ path, text }]);
}
