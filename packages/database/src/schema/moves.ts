import {
  type ClipLook,
  type CouplePose,
  DIFFICULTIES,
  type Difficulty,
  ENERGY_LEVELS,
  type EnergyLevel,
  POSE_KINDS,
  type PoseKind,
  STYLES,
  type Style,
} from '@bachata-buddy/vocabulary';
import { sql } from 'drizzle-orm';
import { bigint, check, doublePrecision, index, integer, jsonb, pgTable, varchar } from 'drizzle-orm/pg-core';
import { createdAt, moment, updatedAt } from './columns.ts';
import { isOneOf } from './lists.ts';

/** The clips of the library. A clip that vanished is retired, not deleted: old blueprints name it. */
export const moveEmbeddings = pgTable(
  'move_embeddings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    moveId: varchar('move_id', { length: 100 }).notNull().unique('move_embeddings_move_id_unique'),
    name: varchar('move_name', { length: 200 }).notNull(),
    label: varchar('label', { length: 100 }).notNull(),
    /** Storage key of the clip as it was brought in. */
    videoPath: varchar('video_path', { length: 500 }).notNull(),
    /** Storage key of the clip in the house format, from which videos are made; null where it is not prepared. */
    preparedPath: varchar('prepared_path', { length: 500 }),
    poseEmbedding: jsonb('pose_embedding').$type<readonly number[]>().notNull(),
    /** What the pose embedding is; null where it is none. */
    poseKind: varchar('pose_kind', { length: 20 }).$type<PoseKind>(),
    /** The couple at every fourth count; null where nobody has looked. */
    poses: jsonb('poses').$type<readonly CouplePose[]>(),
    /** Null where nobody has looked, or nobody was found. */
    look: jsonb('look').$type<ClipLook>(),
    /** Of what was looked at, and how: where it is the same, there is nothing more to see. */
    poseKey: varchar('pose_key', { length: 64 }),
    audioEmbedding: jsonb('audio_embedding').$type<readonly number[]>().notNull(),
    textEmbedding: jsonb('text_embedding').$type<readonly number[]>().notNull(),
    difficulty: varchar('difficulty', { length: 20 }).$type<Difficulty>().notNull(),
    energyLevel: varchar('energy_level', { length: 20 }).$type<EnergyLevel>().notNull(),
    style: varchar('style', { length: 50 }).$type<Style>().notNull(),
    durationSec: doublePrecision('duration').notNull(),
    tempoBpm: doublePrecision('tempo_bpm').notNull(),
    firstDownbeatSec: doublePrecision('first_downbeat_sec').notNull(),
    /** How sure it is which beat is the "1", 0..1; null where somebody says which, or nobody has listened. */
    downbeatConfidence: doublePrecision('downbeat_confidence'),
    counts: integer('counts').notNull(),
    /** The clip's beat times in seconds. */
    beats: jsonb('beats').$type<readonly number[]>().notNull().default([]),
    contentHash: varchar('content_hash', { length: 128 }),
    /** Which film it is, whatever tags the file has; null where nobody has looked yet. */
    recordingHash: varchar('recording_hash', { length: 64 }),
    /** Where it came from: `demo`, `folder`, ... */
    source: varchar('source', { length: 50 }).notNull(),
    retiredAt: moment('retired_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check('move_embeddings_difficulty_check', isOneOf(table.difficulty, DIFFICULTIES)),
    check('move_embeddings_energy_level_check', isOneOf(table.energyLevel, ENERGY_LEVELS)),
    check('move_embeddings_style_check', isOneOf(table.style, STYLES)),
    check('move_embeddings_pose_kind_check', isOneOf(table.poseKind, POSE_KINDS)),
    check('move_embeddings_duration_check', sql`${table.durationSec} > 0`),
    index('move_embeddings_name_index').on(table.name),
    index('move_embeddings_kind_index').on(table.difficulty, table.energyLevel, table.style),
    index('move_embeddings_source_index').on(table.source),
    index('move_embeddings_recording_hash_index').on(table.recordingHash),
    index('move_embeddings_pose_key_index').on(table.poseKey),
  ],
);
