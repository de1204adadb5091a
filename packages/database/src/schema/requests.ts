import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  varchar,
} from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { isOneOf } from './lists.ts';
import { users } from './users.ts';
import { IDEMPOTENCY_STATES, type IdempotencyState, type JsonObject } from './values.ts';

/** Requests that a client may repeat without their being carried out twice, and what was answered. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    route: varchar('route', { length: 200 }).notNull(),
    /** As the client chose it. */
    key: varchar('key', { length: 255 }).notNull(),
    requestSha256: varchar('request_sha256', { length: 64 }).notNull(),
    state: varchar('state', { length: 20 }).$type<IdempotencyState>().notNull().default('in_flight'),
    /** How often the key was taken; the fence against a late write of a request that counted as dead. */
    attempt: integer('attempt').notNull().default(1),
    statusCode: smallint('status_code'),
    /** `json`, not `jsonb`: the repeated answer keeps the order of its keys. */
    response: json('response').$type<JsonObject>(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'idempotency_keys_pkey', columns: [table.userId, table.route, table.key] }),
    check('idempotency_keys_state_check', isOneOf(table.state, IDEMPOTENCY_STATES)),
    check(
      'idempotency_keys_answer_check',
      sql`(${table.state} = 'done') = (${table.statusCode} is not null and ${table.response} is not null)`,
    ),
    index('idempotency_keys_expires_at_index').on(table.expiresAt),
  ],
);

/** When a subject (a user, an address, ...) last did what a scope limits. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    scope: varchar('scope', { length: 50 }).notNull(),
    /** A hash: of any length the subject may be, and no list of addresses lies in the table. */
    subjectSha256: varchar('subject_sha256', { length: 64 }).notNull(),
    /** Oldest first. */
    takenAt: moment('taken_at').array().notNull(),
    /** From then on the row says nothing any more. */
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'rate_limits_pkey', columns: [table.scope, table.subjectSha256] }),
    index('rate_limits_expires_at_index').on(table.expiresAt),
  ],
);
