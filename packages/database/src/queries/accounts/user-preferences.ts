import {
  DIFFICULTIES,
  type Difficulty,
  MAX_MOVE_NAME_LENGTH,
  MAX_REFUSED_MOVES,
} from '@bachata-buddy/vocabulary';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { users } from '../../schema/index.ts';
import type { JsonObject } from '../../schema/values.ts';
import { run } from '../run.ts';

export interface UserPreferences {
  /** Finished choreographies go into the collection by themselves. */
  readonly autoSaveChoreographies: boolean;
  /** For a request that names none. */
  readonly defaultDifficulty: Difficulty;
  readonly emailNotifications: boolean;
  /** Moves or families that no dance of theirs is to have. */
  readonly refusedMoves: readonly string[];
}

/** How the stored object calls them. */
const STORED_KEYS = {
  autoSaveChoreographies: 'auto_save_choreographies',
  defaultDifficulty: 'default_difficulty',
  emailNotifications: 'email_notifications',
  refusedMoves: 'refused_moves',
} as const satisfies Record<keyof UserPreferences, string>;

/**
 * What a stored object says. The profile lets a user store any object, so a value that is absent or of a wrong
 * type counts as the default: false, `intermediate`, false, none.
 */
export function preferencesOf(stored: JsonObject): UserPreferences {
  const difficulty = stored[STORED_KEYS.defaultDifficulty];
  return {
    autoSaveChoreographies: stored[STORED_KEYS.autoSaveChoreographies] === true,
    defaultDifficulty: DIFFICULTIES.find((value) => value === difficulty) ?? 'intermediate',
    emailNotifications: stored[STORED_KEYS.emailNotifications] === true,
    refusedMoves: moveNamesIn(stored[STORED_KEYS.refusedMoves]),
  };
}

function moveNamesIn(stored: unknown): string[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .filter((text) => typeof text === 'string')
    .filter((text) => text.trim() !== '' && text.length <= MAX_MOVE_NAME_LENGTH)
    .slice(0, MAX_REFUSED_MOVES);
}

/** The preferences of that user, or null where there is none. */
export function findUserPreferences(db: Database, userId: number): Promise<UserPreferences | null> {
  return run(async () => {
    const [row] = await db.orm
      .select({ preferences: users.preferences })
      .from(users)
      .where(eq(users.id, userId));
    return row === undefined ? null : preferencesOf(row.preferences);
  });
}

/**
 * Merges a patch into the stored object in one statement: what it does not name stays, unknown keys included, and
 * of two patches at the same time none is lost. Returns the preferences after it, or null where there is no user.
 */
export function updateUserPreferences(
  db: Database,
  userId: number,
  patch: Partial<UserPreferences>,
): Promise<UserPreferences | null> {
  return run(async () => {
    const stored = Object.fromEntries(
      Object.entries(patch).map(([key, value]) => [STORED_KEYS[key as keyof UserPreferences], value]),
    );
    const [row] = await db.orm
      .update(users)
      .set({ preferences: sql`${users.preferences} || ${JSON.stringify(stored)}::jsonb` })
      .where(eq(users.id, userId))
      .returning({ preferences: users.preferences });
    return row === undefined ? null : preferencesOf(row.preferences);
  });
}
