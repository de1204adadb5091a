import { bigint, boolean, index, jsonb, pgTable, primaryKey, text, uuid, varchar } from 'drizzle-orm/pg-core';
import { createdAt, folded, moment } from './columns.ts';
import type { JsonObject } from './values.ts';

export const users = pgTable('users', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** The hash, never the password. */
  passwordHash: varchar('password', { length: 256 }).notNull(),
  lastLogin: moment('last_login'),
  isSuperuser: boolean('is_superuser').notNull().default(false),
  isStaff: boolean('is_staff').notNull().default(false),
  isActive: boolean('is_active').notNull().default(true),
  username: varchar('username', { length: 150 }).notNull().unique('users_username_unique'),
  /**
   * The name without regard to case (`foldForName`). Null for the younger of two whose names were different only in that
   * before this was so: they sign in by the exact name.
   */
  usernameFolded: folded('username_folded').unique('users_username_folded_unique'),
  firstName: varchar('first_name', { length: 150 }).notNull().default(''),
  lastName: varchar('last_name', { length: 150 }).notNull().default(''),
  email: varchar('email', { length: 254 }).notNull().default(''),
  dateJoined: moment('date_joined').notNull().defaultNow(),
  displayName: varchar('display_name', { length: 200 }).notNull().default(''),
  isInstructor: boolean('is_instructor').notNull().default(false),
  preferences: jsonb('preferences').$type<JsonObject>().notNull().default({}),
});

/** One login. Holds the hash of its refresh token, so that a stolen table logs nobody in. */
export const refreshSessions = pgTable(
  'refresh_sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Shared by all sessions that rotation made out of one login. */
    familyId: uuid('family_id').notNull().defaultRandom(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tokenHash: varchar('token_hash', { length: 128 }).notNull().unique('refresh_sessions_token_hash_unique'),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    /** The session that rotation made of this one; null where it ended otherwise, or has not ended. */
    replacedBy: uuid('replaced_by'),
    /** When its token was last used; null where it never was. */
    usedAt: moment('used_at'),
    userAgent: text('user_agent'),
  },
  (table) => [
    index('refresh_sessions_user_id_index').on(table.userId),
    index('refresh_sessions_family_id_index').on(table.familyId),
  ],
);

/** Who may give their account another password by a link, once. Holds a hash, so that a stolen table resets nothing. */
export const passwordResets = pgTable('password_resets', {
  userId: bigint('user_id', { mode: 'number' })
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  tokenHash: varchar('token_hash', { length: 64 }).notNull().unique('password_resets_token_hash_unique'),
  expiresAt: moment('expires_at').notNull(),
});

/** Who may log in by a link, once, on the machine of the service. Holds a hash, so that a stolen table logs nobody in. */
export const loginLinks = pgTable('login_links', {
  userId: bigint('user_id', { mode: 'number' })
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  tokenHash: varchar('token_hash', { length: 64 }).notNull().unique('login_links_token_hash_unique'),
  expiresAt: moment('expires_at').notNull(),
});

/** Networks on which a user has logged in: strangers who try the name elsewhere do not lock it there. */
export const knownNetworks = pgTable(
  'known_networks',
  {
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** A hash: the table is no list of where people live. */
    networkSha256: varchar('network_sha256', { length: 64 }).notNull(),
    /** The last login there. */
    seenAt: moment('seen_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'known_networks_pkey', columns: [table.userId, table.networkSha256] }),
    index('known_networks_seen_at_index').on(table.seenAt),
  ],
);
