import { bigint, index, pgTable, varchar } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { users } from './users.ts';

/** Videos and songs of people's own that lie in storage, noted before they are stored: none is there that no row knows. */
export const uploads = pgTable(
  'uploads',
  {
    key: varchar('key', { length: 500 }).primaryKey(),
    /** Null where the account is gone: then the video goes too. */
    userId: bigint('user_id', { mode: 'number' }).references(() => users.id, { onDelete: 'set null' }),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
    /** When it was first seen that no item shows it any more. */
    releasedAt: moment('released_at'),
  },
  (table) => [index('uploads_user_id_index').on(table.userId)],
);
