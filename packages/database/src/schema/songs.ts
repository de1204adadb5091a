import { SONG_STATUSES, type SongStatus } from '@bachata-buddy/vocabulary';
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  varchar,
} from 'drizzle-orm/pg-core';
import { createdAt, folded, updatedAt } from './columns.ts';
import { isOneOf } from './lists.ts';
import { users } from './users.ts';

/** How counts differ from the measured ones; `packages/music` knows what each means. */
export interface StoredGridChange {
  readonly tempo?: 'half' | 'double' | undefined;
  readonly shiftCounts?: number | undefined;
  readonly firstEightSec?: number | undefined;
}

export const songs = pgTable(
  'songs',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    title: varchar('title', { length: 200 }).notNull(),
    artist: varchar('artist', { length: 200 }).notNull(),
    durationSec: doublePrecision('duration').notNull(),
    /** The tempo rounded to whole beats, as clients read it. */
    bpm: integer('bpm'),
    /** The tempo as measured. */
    tempoBpm: doublePrecision('tempo_bpm'),
    genre: varchar('genre', { length: 50 }),
    /** Storage key. */
    audioPath: varchar('audio_path', { length: 500 }).notNull().unique('songs_audio_path_unique'),
    /** Hash of the audio file as it is stored, the key of its analysis. */
    contentHash: varchar('content_hash', { length: 128 }),
    /** Which recording it is, whatever tags the file has; null where nobody has looked yet. */
    recordingHash: varchar('recording_hash', { length: 64 }),
    /** What the file was called that was brought in last, below the folder that was named. */
    fileName: text('file_name'),
    /** What somebody said of the song's counts where they were misheard; of this very recording. */
    gridChange: jsonb('grid_change').$type<StoredGridChange>(),
    /** Whose own it is, who alone sees it; null for a song of the catalogue. */
    ownerId: bigint('owner_id', { mode: 'number' }).references(() => users.id, { onDelete: 'cascade' }),
    status: varchar('status', { length: 20 }).$type<SongStatus>().notNull().default('ready'),
    /** Why nobody can dance to it, for people; null but where it failed. */
    failure: text('failure'),
    /** Where it came from: `demo`, `folder`, `upload`, ... */
    source: varchar('source', { length: 50 }).notNull().default('folder'),
    titleFolded: folded('title_folded'),
    artistFolded: folded('artist_folded'),
    genreFolded: folded('genre_folded'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    check('songs_status_check', isOneOf(table.status, SONG_STATUSES)),
    index('songs_owner_id_index').on(table.ownerId),
    index('songs_title_index').on(table.title),
    index('songs_artist_index').on(table.artist),
    index('songs_genre_index').on(table.genre),
    index('songs_recording_hash_index').on(table.recordingHash),
    index('songs_content_hash_index').on(table.contentHash),
  ],
);

/** The outline of one audio file, to be drawn, by the file's hash and the algorithm's version. */
export const songWaveforms = pgTable(
  'song_waveforms',
  {
    contentHash: varchar('content_hash', { length: 128 }).notNull(),
    version: integer('version').notNull(),
    /** 0 to 1, evenly over the song. */
    peaks: jsonb('peaks').$type<readonly number[]>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ name: 'song_waveforms_pkey', columns: [table.contentHash, table.version] })],
);

/** What music analysis found in one audio file, by the file's hash and the algorithm's version. */
export const songAnalyses = pgTable(
  'song_analyses',
  {
    contentHash: varchar('content_hash', { length: 128 }).notNull(),
    version: integer('version').notNull(),
    analysis: jsonb('analysis').$type<unknown>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ name: 'song_analyses_pkey', columns: [table.contentHash, table.version] })],
);
