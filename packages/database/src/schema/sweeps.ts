import { sql } from 'drizzle-orm';
import { check, pgTable, smallint, varchar } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** What the looks for lost tasks know of each other, on all machines: one row. */
export const sweeps = pgTable(
  'sweeps',
  {
    id: smallint('id').primaryKey().default(1),
    /** The last look that reached the database. */
    lookedAt: moment('looked_at').notNull(),
    /** Since then looks have followed each other without a gap in which the database may have been away. */
    clearSince: moment('clear_since').notNull(),
    /** Who is acting on what was seen, and until when the others leave it to them. */
    leasedBy: varchar('leased_by', { length: 36 }),
    leasedUntil: moment('leased_until'),
  },
  (table) => [check('sweeps_id_check', sql`${table.id} = 1`)],
);
