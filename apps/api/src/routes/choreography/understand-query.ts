import type { Database } from '@bachata-buddy/database';
import { hasCode } from '@bachata-buddy/platform';
import { type Recalled, recallLastTime } from '../../generate/last-time.ts';
import type { Planner } from '../../generate/planner.ts';
import { withPreferredDifficulty } from '../../generate/preferred-difficulty.ts';
import { HttpAnswer } from '../../http/http-answer.ts';

export interface UnderstandOptions {
  readonly database: Database;
  readonly planner: Planner;
  readonly query: string;
  readonly userId: number;
  readonly signal?: AbortSignal;
  /** The 400 body for a sentence that says nothing about dancing. */
  readonly refusal: Readonly<Record<string, unknown>>;
}

/** What the caller's sentence means, also where it speaks of their last dance. @throws HttpAnswer 400 */
export async function understandQuery(options: UnderstandOptions): Promise<Recalled> {
  const { database, planner, query, userId, signal, refusal } = options;
  try {
    const understood = await planner.understand(query, signal);
    const recalled = await recallLastTime(database, understood, userId);
    return { ...recalled, parsed: await withPreferredDifficulty(database, recalled.parsed, userId) };
  } catch (thrown) {
    if (!hasCode(thrown, 'CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD')) throw thrown;
    throw new HttpAnswer({ code: 'QUERY_NOT_UNDERSTOOD', body: refusal, cause: thrown });
  }
}
