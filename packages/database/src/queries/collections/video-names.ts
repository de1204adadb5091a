import { OUTPUT_PREFIX } from '@bachata-buddy/vocabulary';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { choreographyTasks, savedChoreographies, songs } from '../../schema/index.ts';
import { run } from '../run.ts';

/** What people call a video. */
export interface VideoNames {
  /** As its owner keeps it; null where nobody does. */
  readonly title: string | null;
  readonly song: string | null;
}

const NO_NAMES: VideoNames = { title: null, song: null };
const OF_TASK = new RegExp(`^${OUTPUT_PREFIX}choreography_([\\da-f-]{36})\\.mp4$`);

/** The names of a task's video by its storage key; of any other, none. */
export function findVideoNames(db: Database, key: string): Promise<VideoNames> {
  const taskId = OF_TASK.exec(key)?.[1];
  return taskId === undefined ? Promise.resolve(NO_NAMES) : run(() => namesOfTask(db, taskId));
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
  return row ?? NO_NAMES;
}
