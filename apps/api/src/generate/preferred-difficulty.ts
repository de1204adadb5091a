import type { ParsedQuery } from '@bachata-buddy/choreography';
import { type JsonObject, preferencesOf } from '@bachata-buddy/database';

/** A sentence that names no difficulty means the one its author prefers. */
export function withPreferredDifficulty(parsed: ParsedQuery, preferences: JsonObject): ParsedQuery {
  if (parsed.stated.includes('difficulty')) return parsed;
  return { ...parsed, difficulty: preferencesOf(preferences).defaultDifficulty };
}
