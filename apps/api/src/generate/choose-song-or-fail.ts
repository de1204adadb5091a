import { randomUUID } from 'node:crypto';
import type { ParsedQuery } from '@bachata-buddy/choreography';
import { createTask, failTask, type Song } from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import { PLANNING_STEPS } from '@bachata-buddy/vocabulary';
import type { RouteContext } from '../route-context.ts';
import { failure } from './start-generation.ts';

export interface SongWish {
  readonly userId: number;
  readonly query: string;
  readonly parsed: ParsedQuery;
}

/**
 * The song for a sentence. Where there is none to choose, a failed task says so to whoever looks later.
 *
 * @throws HttpAnswer 500 `Failed to select song`
 */
export async function chooseSongOrFail(
  { database, planner }: Pick<RouteContext, 'database' | 'planner'>,
  { userId, query, parsed }: SongWish,
): Promise<Song> {
  try {
    return await planner.chooseSong(query, parsed, { userId });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.room === 'database') throw thrown;
    const taskId = randomUUID();
    await createTask(database, {
      taskId,
      userId,
      requestKind: 'ai',
      query,
      difficulty: parsed.difficulty,
      energyLevel: parsed.energyLevel,
      style: parsed.style,
      ...PLANNING_STEPS.ai,
    });
    await failTask(database, taskId, `Song selection failed: ${thrown.message}`);
    throw failure('Failed to select song', thrown);
  }
}
