import type { Difficulty, EnergyLevel, RequestKind, Style, TaskStatus } from '@bachata-buddy/vocabulary';
import { and, between, count, eq, like, lt, max, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { blueprints, choreographyTasks, songs } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { batched } from '../batched.ts';
import type { Song } from '../catalogue/songs.ts';
import { containsFolded, inFoldedOrder, listOrder } from '../list-conditions.ts';
import { prepared } from '../prepared.ts';
import { type Page, type PageRequest, pageOf, run, theRow } from '../run.ts';
import { finishOrderOf } from './launch-orders.ts';
import { type TaskVersion, versionsOfTask } from './task-versions.ts';
import { isBefore } from './transitions.ts';

export type Task = typeof choreographyTasks.$inferSelect;
/** The song is null where none was chosen yet, or where it was deleted since. */
export type TaskWithSong = Task & {
  readonly song: Song | null;
  /** Its practice versions; not in lists of tasks. */
  readonly versions?: readonly TaskVersion[];
};

export interface NewTask {
  readonly taskId: string;
  readonly userId: number;
  readonly songId?: number | null;
  readonly requestKind: RequestKind;
  readonly query?: string | null;
  readonly difficulty?: Difficulty | null;
  readonly energyLevel?: EnergyLevel | null;
  readonly style?: Style | null;
  /** A safe integer. */
  readonly seed?: number | null;
  /** Of a revision: the task it was revised from. */
  readonly revisionOf?: string | null;
  /** Of a practice version: the task it is made of, and which one it is; both or neither. */
  readonly originalTaskId?: string | null;
  readonly version?: string | null;
  readonly stage: string;
  readonly message: string;
}

/** What the planner learns while a task is pending; absent keys stay as they are. */
export type PendingTaskPatch = Partial<
  Pick<NewTask, 'songId' | 'query' | 'difficulty' | 'energyLevel' | 'style' | 'seed' | 'stage' | 'message'>
>;

/**
 * Writes a new task: `pending`, progress 0, attempt 0.
 *
 * @throws AppError `DB_CONSTRAINT` naming `VERSION_CONSTRAINT` where the original has this version already
 */
export function createTask(db: Database, values: NewTask): Promise<Task> {
  return run(async () =>
    theRow(
      await db.orm
        .insert(choreographyTasks)
        .values({ ...values, status: 'pending', progress: 0 })
        .returning(),
    ),
  );
}

const tasksByIds = prepared((orm) =>
  orm
    .select({ task: choreographyTasks, song: songs, versions: versionsOfTask })
    .from(choreographyTasks)
    .leftJoin(songs, eq(songs.id, choreographyTasks.songId))
    .where(sql`${choreographyTasks.taskId} = any(${sql.placeholder('taskIds')})`)
    .prepare('tasks_by_ids'),
);
/** Every poll asks this. */
const lookUpTask = batched<string, TaskWithSong>({
  find: async (db, taskIds) =>
    (await tasksByIds(db).execute({ taskIds })).map(({ task, ...rest }) => ({ ...task, ...rest })),
  keyOf: ({ taskId }) => taskId,
});

/** The task of that id with its song, whoever owns it, or null. */
export function findTask(db: Database, taskId: string): Promise<TaskWithSong | null> {
  return run(() => lookUpTask(db, taskId));
}

export const TASK_ORDERINGS = [
  'created_at',
  '-created_at',
  'updated_at',
  '-updated_at',
  'song',
  '-song',
] as const;
/** A minus turns the order round. */
export type TaskOrdering = (typeof TASK_ORDERINGS)[number];

export interface TaskFilter extends PageRequest {
  readonly userId: number;
  readonly status?: TaskStatus;
  /** One that does not exist finds nothing; so with the style. */
  readonly difficulty?: string;
  readonly style?: string;
  readonly songId?: number;
  /** Part of the title or of the artist of its song, whatever their case and accents. */
  readonly search?: string;
  /** Default `-created_at`. Songs sort by their title; tasks without one come last. */
  readonly ordering?: TaskOrdering;
}

const SORT_KEYS = {
  created_at: sql`${choreographyTasks.createdAt}`,
  updated_at: sql`${choreographyTasks.updatedAt}`,
  song: inFoldedOrder(songs.titleFolded),
} as const;

function taskConditions({ userId, status, difficulty, style, songId, search }: TaskFilter): SQL | undefined {
  const pattern = search === undefined ? undefined : containsFolded(search);
  return and(
    eq(choreographyTasks.userId, userId),
    status === undefined ? undefined : eq(choreographyTasks.status, status),
    difficulty === undefined ? undefined : sql`${choreographyTasks.difficulty} = ${difficulty}`,
    style === undefined ? undefined : sql`${choreographyTasks.style} = ${style}`,
    songId === undefined ? undefined : eq(choreographyTasks.songId, songId),
    pattern === undefined
      ? undefined
      : or(like(songs.titleFolded, pattern), like(songs.artistFolded, pattern)),
  );
}

/** One page of a user's tasks. */
export function listTasks(db: Database, filter: TaskFilter): Promise<Page<TaskWithSong>> {
  return run(async () => {
    const where = taskConditions(filter);
    const total = db.orm
      .select({ count: count() })
      .from(choreographyTasks)
      .leftJoin(songs, eq(songs.id, choreographyTasks.songId))
      .where(where);
    const { ordering = '-created_at' } = filter;
    const rows = await db.orm
      .select({ task: choreographyTasks, song: songs, total: sql<number>`(${total})::integer` })
      .from(choreographyTasks)
      .leftJoin(songs, eq(songs.id, choreographyTasks.songId))
      .where(where)
      .orderBy(...listOrder(ordering, SORT_KEYS, choreographyTasks.taskId))
      .limit(filter.limit)
      .offset(filter.offset);
    return pageOf(
      rows.map(({ task, song, total }) => ({ row: { ...task, song }, total })),
      async () => theRow(await total).count,
    );
  });
}

export interface SeedRange {
  readonly userId: number;
  readonly songId: number;
  /** Both are of the range. */
  readonly from: number;
  readonly to: number;
}

/** The greatest seed of a range that a user's dances to a song have, those that failed apart; null where none has. */
export function latestSeed(db: Database, { userId, songId, from, to }: SeedRange): Promise<number | null> {
  return run(async () => {
    const [row] = await db.orm
      .select({ seed: max(choreographyTasks.seed) })
      .from(choreographyTasks)
      .where(
        and(
          eq(choreographyTasks.userId, userId),
          eq(choreographyTasks.songId, songId),
          between(choreographyTasks.seed, from, to),
          ne(choreographyTasks.status, 'failed'),
        ),
      );
    return row?.seed ?? null;
  });
}

/** Changes a task that is still `pending`; false where it is not (any more). */
export function updatePendingTask(db: Database, taskId: string, patch: PendingTaskPatch): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(choreographyTasks)
      .set({ ...patch, updatedAt: clockNow })
      .where(and(eq(choreographyTasks.taskId, taskId), eq(choreographyTasks.status, 'pending')))
      .returning({ taskId: choreographyTasks.taskId });
    return rows.length > 0;
  });
}

/**
 * Ends a task as `failed`, from outside its job (planning failed, or the job went silent). Stage and progress
 * stay, and so does the message unless one is given; a launch order is finished with it.
 *
 * @returns false where the task had ended before
 */
export function failTask(
  db: Database,
  taskId: string,
  error: string,
  { message }: { readonly message?: string } = {},
): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const rows = await tx
        .update(choreographyTasks)
        .set({ status: 'failed', error, updatedAt: clockNow, ...(message === undefined ? {} : { message }) })
        .where(and(eq(choreographyTasks.taskId, taskId), isBefore('failTask')))
        .returning({ taskId: choreographyTasks.taskId });
      if (rows.length === 0) return false;
      await finishOrderOf(tx, taskId);
      return true;
    }),
  );
}

/** The error of a task that its user has ended. */
export const CANCELLED_BY_USER = 'Cancelled by user';

/** The status is null where the user has no such task. */
export type CancelOutcome =
  | { readonly cancelled: true }
  | { readonly cancelled: false; readonly status: TaskStatus | null };

/**
 * Ends a user's task as `failed` with the error `Cancelled by user`; stage and progress stay, the launch order
 * is finished. What its job writes afterwards changes nothing. A task that has ended is left as it is.
 */
export function cancelTask(db: Database, taskId: string, userId: number): Promise<CancelOutcome> {
  return run(() =>
    inTransaction(db, async (tx): Promise<CancelOutcome> => {
      const ofUser = and(eq(choreographyTasks.taskId, taskId), eq(choreographyTasks.userId, userId));
      const rows = await tx
        .update(choreographyTasks)
        .set({
          status: 'failed',
          error: CANCELLED_BY_USER,
          message: 'Task cancelled by user',
          updatedAt: clockNow,
        })
        .where(and(ofUser, isBefore('cancelTask')))
        .returning({ taskId: choreographyTasks.taskId });
      if (rows.length > 0) {
        await finishOrderOf(tx, taskId);
        return { cancelled: true };
      }
      const [task] = await tx
        .select({ status: choreographyTasks.status })
        .from(choreographyTasks)
        .where(ofUser);
      return { cancelled: false, status: task?.status ?? null };
    }),
  );
}

/** Pending tasks without a blueprint, created more than that many seconds ago: their planner is gone. */
export function findAbandonedPendingTasks(
  db: Database,
  { olderThanSec }: { readonly olderThanSec: number },
): Promise<string[]> {
  return run(async () => {
    const rows = await db.orm
      .select({ taskId: choreographyTasks.taskId })
      .from(choreographyTasks)
      .where(
        and(
          eq(choreographyTasks.status, 'pending'),
          lt(choreographyTasks.createdAt, sql`${clockNow} - make_interval(secs => ${olderThanSec})`),
          notExists(db.orm.select().from(blueprints).where(eq(blueprints.taskId, choreographyTasks.taskId))),
        ),
      )
      .orderBy(choreographyTasks.createdAt);
    return rows.map((row) => row.taskId);
  });
}
