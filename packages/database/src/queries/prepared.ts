import type { Database } from '../connect.ts';

/**
 * A statement that is put together once for each pool, and parsed and planned once on each of its connections: for
 * what most requests ask. Its name, which PostgreSQL knows it by, must be its own.
 *
 * A migration may add columns under a running service; one that changes the type of a column named here makes the
 * statement fail on connections that knew it before.
 */
export function prepared<Statement>(
  prepare: (orm: Database['orm']) => Statement,
): (db: Database) => Statement {
  const statements = new WeakMap<Database['orm'], Statement>();
  return ({ orm }) => {
    const known = statements.get(orm);
    if (known !== undefined) return known;
    const statement = prepare(orm);
    statements.set(orm, statement);
    return statement;
  };
}
