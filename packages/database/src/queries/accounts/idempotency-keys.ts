import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { idempotencyKeys } from '../../schema/index.ts';
import type { JsonObject } from '../../schema/values.ts';
import type { Transaction } from '../../transaction.ts';
import { run } from '../run.ts';

const DEFAULT_TTL_SEC = 86_400;
/** A request without an answer for longer than that was lost with its process. */
const IN_FLIGHT_TIMEOUT_SEC = 60;

/** Which request: the key is one user's and counts for one route. */
export interface IdempotentRequest {
  readonly userId: number;
  /** At most 200 characters. */
  readonly route: string;
  /** What the client sent, 1 to 255 characters. */
  readonly key: string;
}

/** A request that was begun, and which taking of its key it holds. */
export interface BegunRequest extends IdempotentRequest {
  readonly attempt: number;
}

/** A begun request and what it was answered. */
export interface AnsweredRequest extends BegunRequest {
  readonly statusCode: number;
  readonly response: JsonObject;
}

/**
 * - `new`: carry it out, then finish or abandon it with that attempt.
 * - `replay`: carried out before; answer the same again.
 * - `in_flight`: another request with the key is being carried out now.
 * - `mismatch`: the key was used for a request with another body.
 */
export type IdempotentOutcome =
  | { readonly outcome: 'new'; readonly attempt: number }
  | { readonly outcome: 'replay'; readonly statusCode: number; readonly response: JsonObject }
  | { readonly outcome: 'in_flight' }
  | { readonly outcome: 'mismatch' };

/**
 * Takes a key, or says what came of it. Of any number of requests at the same time one alone gets `new`. A key
 * that has expired is taken again; so is one whose request, with the same body, has had no answer for 60 s.
 */
export function beginIdempotentRequest(
  db: Database,
  {
    requestSha256,
    ttlSec = DEFAULT_TTL_SEC,
    ...request
  }: IdempotentRequest & { readonly requestSha256: string; readonly ttlSec?: number },
): Promise<IdempotentOutcome> {
  return run(async () => {
    for (;;) {
      const attempt = await takeKey(db, request, requestSha256, ttlSec);
      if (attempt !== null) return { outcome: 'new', attempt };
      const [held] = await db.orm.select().from(idempotencyKeys).where(isRequest(request));
      if (held !== undefined) return outcomeOf(held, requestSha256);
      // Given up between the two statements: it is free now.
    }
  });
}

/** The number of the taking, or null where the key is held. */
async function takeKey(
  db: Database,
  request: IdempotentRequest,
  requestSha256: string,
  ttlSec: number,
): Promise<number | null> {
  const fresh = {
    requestSha256,
    createdAt: clockNow,
    expiresAt: sql`${clockNow} + make_interval(secs => ${ttlSec})`,
  };
  const [taken] = await db.orm
    .insert(idempotencyKeys)
    .values({ ...request, ...fresh })
    .onConflictDoUpdate({
      target: [idempotencyKeys.userId, idempotencyKeys.route, idempotencyKeys.key],
      set: {
        ...fresh,
        state: 'in_flight',
        attempt: sql`${idempotencyKeys.attempt} + 1`,
        statusCode: null,
        response: null,
      },
      setWhere: sql`${idempotencyKeys.expiresAt} <= ${clockNow} or (${idempotencyKeys.state} = 'in_flight'
        and ${idempotencyKeys.createdAt} < ${clockNow} - make_interval(secs => ${IN_FLIGHT_TIMEOUT_SEC})
        and ${idempotencyKeys.requestSha256} = ${requestSha256})`,
    })
    .returning({ attempt: idempotencyKeys.attempt });
  return taken?.attempt ?? null;
}

function outcomeOf(held: typeof idempotencyKeys.$inferSelect, requestSha256: string): IdempotentOutcome {
  if (held.requestSha256 !== requestSha256) return { outcome: 'mismatch' };
  const { statusCode, response } = held;
  if (statusCode === null || response === null) return { outcome: 'in_flight' };
  return { outcome: 'replay', statusCode, response };
}

function isRequest({ userId, route, key }: IdempotentRequest) {
  return and(
    eq(idempotencyKeys.userId, userId),
    eq(idempotencyKeys.route, route),
    eq(idempotencyKeys.key, key),
  );
}

/** Still held by that taking, and not answered. */
function isBegun({ attempt, ...request }: BegunRequest) {
  return and(
    isRequest(request),
    eq(idempotencyKeys.attempt, attempt),
    eq(idempotencyKeys.state, 'in_flight'),
  );
}

/**
 * Keeps the answer until the key expires; a repeat gets it with its keys in the same order. False, with nothing
 * kept, where the request is not the holder any more.
 */
export function finishIdempotentRequest(db: Database, answered: AnsweredRequest): Promise<boolean> {
  return run(() => keepAnswer(db.orm, answered));
}

/** As {@link finishIdempotentRequest}, together with what the request does. */
export async function keepAnswer(
  orm: Pick<Transaction, 'update'>,
  { statusCode, response, ...begun }: AnsweredRequest,
): Promise<boolean> {
  const rows = await orm
    .update(idempotencyKeys)
    .set({ state: 'done', statusCode, response })
    .where(isBegun(begun))
    .returning({ key: idempotencyKeys.key });
  return rows.length > 0;
}

/** Frees the key of a request that did nothing, so that a repeat is carried out; false where it is not the holder. */
export function abandonIdempotentRequest(db: Database, begun: BegunRequest): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .delete(idempotencyKeys)
      .where(isBegun(begun))
      .returning({ key: idempotencyKeys.key });
    return rows.length > 0;
  });
}

/** Removes what no repeat can use any more; returns how many keys that were. */
export function deleteExpiredIdempotencyKeys(db: Database): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, clockNow));
    return rowCount ?? 0;
  });
}
