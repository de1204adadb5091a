import type { ParsedQuery } from '@bachata-buddy/choreography';
import type { Database } from '@bachata-buddy/database';
import { hasCode } from '@bachata-buddy/platform';
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

/** What the caller's sentence means. @throws HttpAnswer 400 */
export async function understandQuery(options: UnderstandOptions): Promise<ParsedQuery> {
  const { database, planner, query, userId, signal, refusal } = options;
  try {
    return await withPreferredDifficulty(database, await planner.understand(query, signal), userId);
  } catch (thrown) {
    if (!hasCode(thrown, 'CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD')) throw thrown;
    throw new HttpAnswer({ code: 'QUERY_NOT_UNDERSTOOD', body: refusal, cause: thrown });
  }
}
