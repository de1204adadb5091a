import {
  type Difficulty,
  type EnergyLevel,
  REQUEST_KINDS,
  type RequestKind,
  type StoredTaskResult,
  type Style,
  TASK_STATUSES,
  type TaskStatus,
} from '@bachata-buddy/vocabulary';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';
import { createdAt, moment, updatedAt } from './columns.ts';
import { isOneOf } from './lists.ts';
import { songs } from './songs.ts';
import { users } from './users.ts';
import { LAUNCH_STATES, type LaunchState } from './values.ts';

export const choreographyTasks = pgTable(
  'choreography_tasks',
  {
    taskId: varchar('task_id', { length: 36 }).primaryKey(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: varchar('status', { length: 20 }).$type<TaskStatus>().notNull().default('pending'),
    /** Percent. */
    progress: integer('progress').notNull().default(0),
    stage: varchar('stage', { length: 50 }).notNull(),
    message: text('message').notNull(),
    result: jsonb('result').$type<StoredTaskResult>(),
    error: text('error'),
    jobExecutionName: varchar('job_execution_name', { length: 500 }),
    songId: integer('song_id').references(() => songs.id, { onDelete: 'set null' }),
    requestKind: varchar('request_kind', { length: 10 }).$type<RequestKind>().notNull(),
    /** The sentence, where the task was asked for by one. */
    query: text('query'),
    difficulty: varchar('difficulty', { length: 20 }).$type<Difficulty>(),
    energyLevel: varchar('energy_level', { length: 20 }).$type<EnergyLevel>(),
    style: varchar('style', { length: 50 }).$type<Style>(),
    seed: bigint('seed', { mode: 'number' }),
    /** The task from whose blueprint this one's was revised. */
    revisionOf: varchar('revision_of', { length: 36 }).references(
      (): AnyPgColumn => choreographyTasks.taskId,
      { onDelete: 'set null' },
    ),
    /** The task that this one is a practice version of. */
    originalTaskId: varchar('original_task_id', { length: 36 }).references(
      (): AnyPgColumn => choreographyTasks.taskId,
      { onDelete: 'set null' },
    ),
    /** Which version: `slow-0.75`, `mirrored`, ... */
    version: varchar('version', { length: 20 }),
    /** How often a job took the task up; the fence against late writes of earlier attempts. */
    attempt: integer('attempt').notNull().default(0),
    /** The platform's execution that made the present attempt; null for a child process of the service. */
    heldBy: text('held_by'),
    heartbeatAt: moment('heartbeat_at'),
    completedAt: moment('completed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check('choreography_tasks_status_check', isOneOf(table.status, TASK_STATUSES)),
    check('choreography_tasks_progress_check', sql`${table.progress} between 0 and 100`),
    check('choreography_tasks_request_kind_check', isOneOf(table.requestKind, REQUEST_KINDS)),
    index('choreography_tasks_user_status_index').on(table.userId, table.status),
    index('choreography_tasks_user_created_index').on(table.userId, table.createdAt.desc()),
    index('choreography_tasks_status_index').on(table.status),
    index('choreography_tasks_created_index').on(table.createdAt),
    index('choreography_tasks_song_id_index').on(table.songId),
    // What is looked through where a task goes that was revised.
    index('choreography_tasks_revision_of_index').on(table.revisionOf),
    // What is looked through where a task goes that there are versions of, failed ones too.
    index('choreography_tasks_original_task_id_index')
      .on(table.originalTaskId)
      .where(sql`${table.originalTaskId} is not null`),
    uniqueIndex('choreography_tasks_version_unique')
      .on(table.originalTaskId, table.version)
      .where(sql`${table.originalTaskId} is not null and ${table.status} <> 'failed'`),
  ],
);

/** The document a job executes. One per task, never rewritten. */
export const blueprints = pgTable('blueprints', {
  taskId: varchar('task_id', { length: 36 })
    .primaryKey()
    .references(() => choreographyTasks.taskId, { onDelete: 'cascade' }),
  blueprint: jsonb('blueprint_json').$type<unknown>().notNull(),
  sha256: varchar('sha256', { length: 64 }).notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** The wish that a job be started for a task: written with the blueprint, taken by a launcher. */
export const launchOrders = pgTable(
  'launch_orders',
  {
    taskId: varchar('task_id', { length: 36 })
      .primaryKey()
      .references(() => choreographyTasks.taskId, { onDelete: 'cascade' }),
    state: varchar('state', { length: 20 }).$type<LaunchState>().notNull().default('queued'),
    /** Not to be taken before this. */
    availableAt: moment('available_at').notNull().defaultNow(),
    /** The number of the present launch: how many jobs were wanted for the task. */
    launches: integer('launches').notNull().default(0),
    /** How often the present launch was submitted; more than once where it is not known what became of it. */
    submissions: integer('submissions').notNull().default(0),
    /** Launches that the service itself cut short; they do not count against the task. */
    excused: integer('excused').notNull().default(0),
    /** Of the platform, once it has taken over the present launch. */
    executionName: varchar('execution_name', { length: 500 }),
    launchedAt: moment('launched_at'),
    /** Which launcher took it last. */
    owner: text('owner'),
    /** Of the request that ordered it, where that is traced (W3C Trace Context): its jobs belong to that trace. */
    traceparent: varchar('traceparent', { length: 55 }),
    createdAt: createdAt(),
  },
  (table) => [
    check('launch_orders_state_check', isOneOf(table.state, LAUNCH_STATES)),
    index('launch_orders_state_available_index').on(table.state, table.availableAt),
  ],
);
