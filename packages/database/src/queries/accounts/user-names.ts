import { composed, foldForName } from '@bachata-buddy/platform';
import { asc, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { violatedConstraint } from '../../database-error.ts';
import { dbError } from '../../errors.ts';
import { users } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { run } from '../run.ts';

const NAME_CONSTRAINTS: readonly (string | undefined)[] = [
  'users_username_unique',
  'users_username_folded_unique',
];
const AT_ONCE = 1_000;

/** A new name as it is stored: shown as typed, in one normal form, and what it is compared by. */
export function nameValues(username: string) {
  return { username: composed(username), usernameFolded: foldForName(username) };
}

/**
 * That a row is the account which a name means: the one that is spelt exactly so, else the one that has that name
 * without regard to case. Never more than one.
 */
export function isNamed(username: string): SQL {
  const usual = composed(username);
  return sql`${users.id} = (
    select named.id from users named
    where named.username in (${username}, ${usual}) or named.username_folded = ${foldForName(username)}
    order by named.username = ${username} desc, named.username = ${usual} desc limit 1)`;
}

/** What a write throws whose name is taken. @throws AppError `DB_DUPLICATE_USERNAME`, or what was thrown */
export function refuseTakenName(thrown: unknown): never {
  if (!NAME_CONSTRAINTS.includes(violatedConstraint(thrown))) throw thrown;
  throw dbError('DB_DUPLICATE_USERNAME', 'A user with that username already exists.');
}

/**
 * Gives the account of that name another; also only another spelling of its own. Where the old one was what kept
 * another account from its name, that account gets it.
 *
 * @returns the account after it, or null where there is none of that name
 * @throws AppError `DB_DUPLICATE_USERNAME`
 */
export function renameUser(
  db: Database,
  username: string,
  newName: string,
): Promise<typeof users.$inferSelect | null> {
  return run(async () => {
    const rows = await db.orm
      .update(users)
      .set(nameValues(newName))
      .where(isNamed(username))
      .returning()
      .catch(refuseTakenName);
    await fillFoldedNames(db);
    return rows[0] ?? null;
  });
}

/**
 * Writes what names are compared by where that is not written: of accounts of before, and of programs that did not
 * know it. Of several that are the same then the oldest gets it.
 *
 * @returns how many got it
 */
export async function fillFoldedNames(db: Database): Promise<number> {
  let filled = 0;
  let after = 0;
  for (;;) {
    const { lastId, count } = await run(() =>
      inTransaction(db, (tx) => fillSome(tx, after)).catch((thrown: unknown) => {
        if (!NAME_CONSTRAINTS.includes(violatedConstraint(thrown))) throw thrown;
        // Somebody has just registered by one of these names: the next look sees whom.
        return { lastId: after, count: 0 };
      }),
    );
    filled += count;
    if (lastId === null) return filled;
    after = lastId;
  }
}

async function fillSome(tx: Transaction, after: number): Promise<{ lastId: number | null; count: number }> {
  // Of several that fill at the same time one does, and whoever registers meanwhile waits for no row of theirs.
  await tx.execute(sql`select pg_advisory_xact_lock(727002)`);
  const waiting = await tx
    .select({ id: users.id, username: users.username })
    .from(users)
    .where(sql`${isNull(users.usernameFolded)} and ${users.id} > ${after}`)
    .orderBy(asc(users.id))
    .limit(AT_ONCE);
  const byName = new Map(waiting.toReversed().map(({ id, username }) => [foldForName(username), id]));
  if (byName.size === 0) return { lastId: null, count: 0 };
  const { rowCount } = await tx.execute(sql`
    update users u set username_folded = v.folded
    from unnest(${sql.param([...byName.values()])}::bigint[], ${sql.param([...byName.keys()])}::text[]) v (id, folded)
    where u.id = v.id and u.username_folded is null
      and not exists (select from users other where other.username_folded = v.folded)`);
  return { lastId: waiting.at(-1)?.id ?? null, count: rowCount ?? 0 };
}
