import type { ParsedQuery } from '@bachata-buddy/choreography';
import { AppError } from '@bachata-buddy/platform';
import type { Planner } from '../../generate/planner.ts';
import { withPreferredDifficulty } from '../../generate/preferred-difficulty.ts';
import { HttpAnswer } from '../../http/http-answer.ts';

export interface UnderstandOptions {
  readonly planner: Planner;
  readonly query: string;
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** The 400 body for a sentence that says nothing about dancing. */
  readonly refusal: Readonly<Record<string, unknown>>;
}

/** What the caller's sentence means. @throws HttpAnswer 400 */
export async function understandQuery(options: UnderstandOptions): Promise<ParsedQuery> {
  const { planner, query, preferences, signal, refusal } = options;
  try {
    return withPreferredDifficulty(await planner.understand(query, signal), preferences);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD') throw thrown;
    throw new HttpAnswer({ status: 400, body: refusal, code: thrown.code, cause: thrown });
  }
}
