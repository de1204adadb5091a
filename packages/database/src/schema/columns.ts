import { sql } from 'drizzle-orm';
import { text, timestamp } from 'drizzle-orm/pg-core';

/** A point in time, stored in UTC with microseconds, read as a `Date` (milliseconds). */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** When the row was written. */
export const createdAt = () => moment('created_at').notNull().defaultNow();

/** When the row was last changed; set by the queries of this package. */
export const updatedAt = () => moment('updated_at').notNull().defaultNow();

/**
 * A text as it is searched and sorted (`foldForSearch`), which the queries of this package write. Null in rows that a
 * program wrote which did not know the column, until it is filled.
 */
export const folded = (name: string) => text(name);

/** The wall clock, not the start of the transaction: a later write always bears a later time. */
export const clockNow = sql`clock_timestamp()`;
