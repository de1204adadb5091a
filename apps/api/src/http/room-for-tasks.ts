import { countOpenTasks, type Database } from '@bachata-buddy/database';
import type { Config } from '../config.ts';
import { HttpAnswer, refused } from './http-answer.ts';

/** A rendering takes seconds: soon there may be room. */
const RETRY_AFTER_SEC = 30;
export const NO_ROOM = 'Too many choreographies are being made just now. Please try again later.';
export const TOO_MANY_OF_YOURS =
  'Too many of your choreographies are being made just now. Please wait until one of them is finished.';

export interface RoomOptions {
  readonly database: Database;
  readonly config: Pick<Config, 'MAX_OPEN_TASKS' | 'MAX_OPEN_TASKS_PER_USER'>;
  readonly userId: number;
}

/**
 * Refuses what would only wait too long, before a task exists. Requests at the same moment may exceed a limit by
 * themselves.
 *
 * @throws HttpAnswer 429 where the user has too many tasks under way, 503 where the service has; with `Retry-After`
 */
export async function ensureRoom({ database, config, userId }: RoomOptions): Promise<void> {
  const { total, ofUser } = await countOpenTasks(database, userId);
  const headers = { 'retry-after': String(RETRY_AFTER_SEC) };
  if (ofUser >= config.MAX_OPEN_TASKS_PER_USER) throw refused('TOO_MANY_TASKS', TOO_MANY_OF_YOURS, headers);
  if (total >= config.MAX_OPEN_TASKS)
    throw new HttpAnswer({ code: 'SERVICE_BUSY', body: { error: NO_ROOM }, headers });
}
