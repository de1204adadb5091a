import type { LanguageModel } from '@bachata-buddy/choreography';
import { type Database, takeFromRateLimit } from '@bachata-buddy/database';
import { LRUCache } from 'lru-cache';
import { apiError } from '../errors.ts';

/** Clients show what a sentence means before they send it to be danced: it is the same question twice. */
const REMEMBERED_MS = 10 * 60_000;
const MOST_REMEMBERED = 500;
/** Of a question; longer ones are not asked twice. */
const MAX_REMEMBERED_CHARACTERS = 10_000;
const DAY_SEC = 86_400;

export interface SparingModelOptions {
  readonly database: Database;
  /** Calls in any 24 hours, of all instances together. */
  readonly maxCallsPerDay: number;
}

/**
 * A model that is asked the same question once in ten minutes, and no more often than a day's budget allows. Past it,
 * it rejects with AppError `LANGUAGE_MODEL_BUDGET_SPENT`, and the rules do its work.
 */
export function makeSparingModel(
  model: LanguageModel,
  { database, maxCallsPerDay }: SparingModelOptions,
): LanguageModel {
  const answers = new LRUCache<string, { readonly answer: unknown }>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_MS,
  });
  return {
    async answerJson(question) {
      const key = JSON.stringify([question.instruction, question.content, question.seed]);
      const remembered = answers.get(key);
      // A copy: whoever got it first may have changed theirs.
      if (remembered !== undefined) return structuredClone(remembered.answer);
      await takeFromBudget(database, maxCallsPerDay);
      const answer = await model.answerJson(question);
      if (key.length <= MAX_REMEMBERED_CHARACTERS) answers.set(key, { answer: structuredClone(answer) });
      return answer;
    },
  };
}

async function takeFromBudget(database: Database, limit: number): Promise<void> {
  const budget = { scope: 'language-model', subject: 'service', limit, windowSec: DAY_SEC };
  if ((await takeFromRateLimit(database, budget)).allowed) return;
  throw apiError('LANGUAGE_MODEL_BUDGET_SPENT', 'The budget of the language model for this day is spent.');
}
