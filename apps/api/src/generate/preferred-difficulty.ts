import type { ParsedQuery } from '@bachata-buddy/choreography';
import { type Database, findUserPreferences } from '@bachata-buddy/database';

/** A sentence that names no difficulty means the one its author prefers. */
export async function withPreferredDifficulty(
  database: Database,
  parsed: ParsedQuery,
  userId: number,
): Promise<ParsedQuery> {
  if (parsed.stated.includes('difficulty')) return parsed;
  const preferences = await findUserPreferences(database, userId);
  return preferences === null ? parsed : { ...parsed, difficulty: preferences.defaultDifficulty };
}
