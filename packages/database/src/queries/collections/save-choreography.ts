import type { Difficulty, TaskStatus } from '@bachata-buddy/vocabulary';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { choreographyTasks, savedChoreographies, songs, users } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { preferencesOf } from '../accounts/user-preferences.ts';
import type { Song } from '../catalogue/songs.ts';
import { run, theRow } from '../run.ts';
import type { Task } from '../tasks/tasks.ts';
import { choreographyValuesOf } from './choreography-values.ts';
import { foldedOf, type SavedChoreography } from './saved-choreographies.ts';

export interface ChoreographyToSave {
  readonly userId: number;
  readonly taskId: string;
  /** At most 200 characters. Default, also for a blank one: song and level, `Suegra - Intermediate`. */
  readonly title?: string;
  /** Default: that of the result, else that of the task, else `intermediate`. */
  readonly difficulty?: Difficulty;
  /** Default: none. */
  readonly notes?: string;
}

/**
 * - `saved`: a new item.
 * - `updated`: the preference had saved it; now it has the title, difficulty and notes that were given, and a
 *   further save is a duplicate.
 * - `already_saved`: by the user, before; `choreography` is that item as it is.
 * - `task_not_found`: there is none, or it is another user's.
 * - `task_not_completed`: there is nothing to save (yet).
 */
export type SaveOutcome =
  | { readonly outcome: 'saved' | 'updated' | 'already_saved'; readonly choreography: SavedChoreography }
  | { readonly outcome: 'task_not_found' }
  | { readonly outcome: 'task_not_completed'; readonly status: TaskStatus };

/**
 * Puts a user's finished task into their collection, with what its result and its song say. Of any number of
 * saves of one task at the same time one alone gets `saved`, or `updated`.
 */
export function saveChoreography(db: Database, values: ChoreographyToSave): Promise<SaveOutcome> {
  return run(() => inTransaction(db, (tx) => saveInTransaction(tx, values)));
}

/** As {@link saveChoreography}, as part of something larger. */
export async function saveInTransaction(
  tx: Transaction,
  { userId, taskId, title = '', difficulty, notes }: ChoreographyToSave,
): Promise<SaveOutcome> {
  const found = await findTaskWithSong(tx, taskId);
  if (found === null || found.task.userId !== userId) return { outcome: 'task_not_found' };
  const { task, song } = found;
  if (task.status !== 'completed') return { outcome: 'task_not_completed', status: task.status };
  const hasTitle = title.trim() !== '';
  const given = {
    ...(hasTitle ? { title, ...foldedOf({ title }) } : {}),
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(notes === undefined ? {} : { notes }),
  };
  const [inserted] = await tx
    .insert(savedChoreographies)
    .values({ ...choreographyValuesOf(task, song, difficulty), ...given })
    .onConflictDoNothing({ target: [savedChoreographies.userId, savedChoreographies.taskId] })
    .returning();
  if (inserted !== undefined) return { outcome: 'saved', choreography: inserted };
  const ofTask = and(eq(savedChoreographies.userId, userId), eq(savedChoreographies.taskId, taskId));
  const renamed = hasTitle || difficulty === undefined ? {} : defaultRenamed(task, song, difficulty);
  const [updated] = await tx
    .update(savedChoreographies)
    .set({ ...given, ...renamed, isAutoSaved: false, updatedAt: clockNow })
    .where(and(ofTask, eq(savedChoreographies.isAutoSaved, true)))
    .returning();
  if (updated !== undefined) return { outcome: 'updated', choreography: updated };
  const [held] = await tx.select().from(savedChoreographies).where(ofTask);
  // Deleted between the statements: it is free now.
  return held === undefined
    ? saveInTransaction(tx, { userId, taskId, title, ...given })
    : { outcome: 'already_saved', choreography: held };
}

/** The title of an item that was saved by itself names the level: of the one that its owner says, unless they gave one. */
function defaultRenamed(task: Task, song: Song | null, difficulty: Difficulty) {
  const { title: before } = choreographyValuesOf(task, song);
  const { title, titleFolded } = choreographyValuesOf(task, song, difficulty);
  const isDefault = eq(savedChoreographies.title, before);
  return {
    title: sql`case when ${isDefault} then ${title} else ${savedChoreographies.title} end`,
    titleFolded: sql`case when ${isDefault} then ${titleFolded} else ${savedChoreographies.titleFolded} end`,
  };
}

/**
 * Puts a task that has just been completed into its owner's collection where their preferences say so. Part of
 * the write that completes the task, so that no such task is forgotten.
 */
export async function autoSaveInTransaction(tx: Transaction, taskId: string): Promise<void> {
  const found = await findTaskWithSong(tx, taskId);
  if (found === null) return;
  const owner = theRow(
    await tx.select({ preferences: users.preferences }).from(users).where(eq(users.id, found.task.userId)),
  );
  if (!preferencesOf(owner.preferences).autoSaveChoreographies) return;
  await tx
    .insert(savedChoreographies)
    .values({
      ...choreographyValuesOf(found.task, found.song),
      isAutoSaved: true,
    })
    .onConflictDoNothing({ target: [savedChoreographies.userId, savedChoreographies.taskId] });
}

/** Held until the transaction ends, so that the item cannot refer to a task that is gone. */
async function findTaskWithSong(tx: Transaction, taskId: string) {
  const [row] = await tx
    .select({ task: choreographyTasks, song: songs })
    .from(choreographyTasks)
    .leftJoin(songs, eq(songs.id, choreographyTasks.songId))
    .where(eq(choreographyTasks.taskId, taskId))
    .for('key share', { of: choreographyTasks });
  return row ?? null;
}
