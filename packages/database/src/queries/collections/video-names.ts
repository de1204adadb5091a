import { OUTPUT_PREFIX } from '@bachata-buddy/vocabulary';
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { choreographyTasks, savedChoreographies, songs, uploads } from '../../schema/index.ts';
import { run } from '../run.ts';

/** What people call a video. */
export interface VideoNames {
  /** As its owner keeps it; null where nobody does. */
  readonly title: string | null;
  readonly song: string | null;
}

const OF_TASK = new RegExp(`^${OUTPUT_PREFIX}choreography_([\\da-f-]{36})\\.mp4$`);

/** The names of the video under a storage key: of a task's, or of one that somebody brought. */
export function findVideoNames(db: Database, key: string): Promise<VideoNames> {
  const taskId = OF_TASK.exec(key)?.[1];
  return run(() => (taskId === undefined ? namesOfUpload(db, key) : namesOfTask(db, taskId)));
}

async function namesOfTask(db: Database, taskId: string): Promise<VideoNames> {
  const [row] = await db.orm
    .select({ title: savedChoreographies.title, song: songs.title })
    .from(choreographyTasks)
    .leftJoin(songs, eq(songs.id, choreographyTasks.songId))
    .leftJoin(
      savedChoreographies,
      and(
        eq(savedChoreographies.taskId, choreographyTasks.taskId),
        eq(savedChoreographies.userId, choreographyTasks.userId),
      ),
    )
    .where(eq(choreographyTasks.taskId, taskId));
  return row ?? { title: null, song: null };
}

async function namesOfUpload(db: Database, key: string): Promise<VideoNames> {
  const [row] = await db.orm
    .select({ title: savedChoreographies.title })
    .from(uploads)
    .innerJoin(
      savedChoreographies,
      and(eq(savedChoreographies.userId, uploads.userId), eq(savedChoreographies.videoPath, uploads.key)),
    )
    .where(eq(uploads.key, key))
    .orderBy(asc(savedChoreographies.createdAt))
    .limit(1);
  return { title: row?.title ?? null, song: null };
}
