import { DIFFICULTIES, type Difficulty } from '@bachata-buddy/vocabulary';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { createdAt, folded, updatedAt } from './columns.ts';
import { isOneOf } from './lists.ts';
import { choreographyTasks } from './tasks.ts';
import { users } from './users.ts';
import type { JsonObject } from './values.ts';

/** What a user keeps. Outlives the task it was saved from. */
export const savedChoreographies = pgTable(
  'saved_choreographies',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    taskId: varchar('task_id', { length: 36 }).references(() => choreographyTasks.taskId, {
      onDelete: 'set null',
    }),
    title: varchar('title', { length: 200 }).notNull(),
    videoPath: varchar('video_path', { length: 500 }).notNull().default(''),
    thumbnailPath: varchar('thumbnail_path', { length: 500 }),
    difficulty: varchar('difficulty', { length: 20 }).$type<Difficulty>().notNull(),
    durationSec: doublePrecision('duration').notNull(),
    notes: text('notes').notNull().default(''),
    songTitle: varchar('song_title', { length: 200 }).notNull().default(''),
    musicInfo: jsonb('music_info').$type<JsonObject>(),
    generationParameters: jsonb('generation_parameters').$type<JsonObject>(),
    /** Kept by the user's preference and not yet by the user: saving it by hand may still change it. */
    isAutoSaved: boolean('is_auto_saved').notNull().default(false),
    titleFolded: folded('title_folded'),
    songTitleFolded: folded('song_title_folded'),
    /** Of what `music_info` calls the song and its artist. */
    musicFolded: folded('music_folded'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check('saved_choreographies_difficulty_check', isOneOf(table.difficulty, DIFFICULTIES)),
    unique('saved_choreographies_user_task_unique').on(table.userId, table.taskId),
    index('saved_choreographies_user_created_index').on(table.userId, table.createdAt.desc()),
    index('saved_choreographies_difficulty_index').on(table.difficulty),
    index('saved_choreographies_task_id_index').on(table.taskId),
  ],
);
