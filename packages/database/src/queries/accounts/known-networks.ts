import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { knownNetworks, users } from '../../schema/index.ts';
import { run } from '../run.ts';
import { isNamed } from './user-names.ts';

/** Half a year after the last login there a network is a strange one again. */
const REMEMBERED_DAYS = 180;

function hashOf(network: string): string {
  return createHash('sha256').update(network).digest('hex');
}

/** Notes a login of the user on a network. */
export async function noteNetwork(db: Database, userId: number, network: string): Promise<void> {
  await run(() =>
    db.orm.execute(sql`
      insert into known_networks as n (user_id, network_sha256, seen_at)
      values (${userId}, ${hashOf(network)}, clock_timestamp())
      on conflict (user_id, network_sha256) do update set seen_at = clock_timestamp()`),
  );
}

/** Whether the account of that name has logged in on that network; false where there is no such account. */
export function isKnownNetwork(
  db: Database,
  { username, network }: { readonly username: string; readonly network: string },
): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .select({ one: sql`1` })
      .from(users)
      .innerJoin(knownNetworks, eq(knownNetworks.userId, users.id))
      .where(and(isNamed(username), eq(knownNetworks.networkSha256, hashOf(network))));
    return rows.length > 0;
  });
}

/** Removes networks on which nobody has logged in for half a year; returns how many. */
export function deleteForgottenNetworks(db: Database): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.execute(sql`
      delete from known_networks
      where seen_at < clock_timestamp() - make_interval(days => ${REMEMBERED_DAYS})`);
    return rowCount ?? 0;
  });
}
