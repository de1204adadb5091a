import { DIFFICULTIES, type Difficulty } from '@bachata-buddy/vocabulary';
import { bigint, check, index, integer, pgTable, text, unique, uuid, varchar } from 'drizzle-orm/pg-core';
import { savedChoreographies } from './collections.ts';
import { createdAt, folded, updatedAt } from './columns.ts';
import { isOneOf } from './lists.ts';
import { users } from './users.ts';

export const classPlans = pgTable(
  'class_plans',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    instructorId: bigint('instructor_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: varchar('title', { length: 200 }).notNull(),
    description: text('description').notNull().default(''),
    instructorNotes: text('instructor_notes').notNull().default(''),
    difficultyLevel: varchar('difficulty_level', { length: 20 }).$type<Difficulty>().notNull(),
    estimatedDurationMinutes: integer('estimated_duration'),
    titleFolded: folded('title_folded'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check('class_plans_difficulty_level_check', isOneOf(table.difficultyLevel, DIFFICULTIES)),
    index('class_plans_instructor_created_index').on(table.instructorId, table.createdAt.desc()),
    index('class_plans_difficulty_level_index').on(table.difficultyLevel),
  ],
);

export const classPlanSequences = pgTable(
  'class_plan_sequences',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    classPlanId: uuid('class_plan_id')
      .notNull()
      .references(() => classPlans.id, { onDelete: 'cascade' }),
    choreographyId: uuid('choreography_id')
      .notNull()
      .references(() => savedChoreographies.id, { onDelete: 'cascade' }),
    /** From 0, without holes. */
    sequenceOrder: integer('sequence_order').notNull().default(0),
    notes: text('notes').notNull().default(''),
    estimatedTimeMinutes: integer('estimated_time'),
  },
  (table) => [
    // Deferrable by its migration: one statement may shift or exchange the orders of a whole plan.
    unique('class_plan_sequences_plan_order_unique').on(table.classPlanId, table.sequenceOrder),
    index('class_plan_sequences_choreography_index').on(table.choreographyId),
  ],
);
