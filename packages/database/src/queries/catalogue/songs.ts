import { composed } from '@bachata-buddy/platform';
import { and, count, eq, getTableColumns, gte, isNull, like, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { type StoredGridChange, songs } from '../../schema/index.ts';
import { foldSong } from '../folded-texts.ts';
import { containsFolded, inFoldedOrder, listOrder } from '../list-conditions.ts';
import { prepared } from '../prepared.ts';
import { type Page, type PageRequest, pageOf, run, theRow } from '../run.ts';
import { isVisibleTo, type SongViewer } from './song-visibility.ts';

export type Song = typeof songs.$inferSelect;

export const SONG_ORDERINGS = [
  'title',
  '-title',
  'artist',
  '-artist',
  'bpm',
  '-bpm',
  'duration',
  '-duration',
  'created_at',
  '-created_at',
] as const;
/** A minus turns the order round. */
export type SongOrdering = (typeof SONG_ORDERINGS)[number];

export interface SongFilter extends PageRequest {
  /** Who looks: sees their own songs too. Default: nobody, who sees the catalogue. */
  readonly userId?: number;
  /** Only their own. */
  readonly isOwn?: boolean;
  /** Part of the genre, whatever its case and accents. */
  readonly genre?: string;
  /** Inclusive; songs without a tempo drop out when either bound is given. */
  readonly bpmMin?: number;
  readonly bpmMax?: number;
  /** Part of the title or of the artist, whatever their case and accents. */
  readonly search?: string;
  /** Default `title`. Letters sort without regard to case and accents; songs without a tempo come last. */
  readonly ordering?: SongOrdering;
}

/** No user has this id. */
const NOBODY = 0;

/** Each lets everything pass where its value is null: one statement serves all filters. */
function songConditions(): SQL | undefined {
  const value = (name: keyof SongFilter, type: SQL) => sql`${sql.placeholder(name)}::${type}`;
  const [text, integer] = [sql.raw('text'), sql.raw('integer')];
  const genre = value('genre', text);
  const [bpmMin, bpmMax] = [value('bpmMin', integer), value('bpmMax', integer)];
  const search = value('search', text);
  return and(
    isVisibleTo({ userId: sql.placeholder('userId') }),
    sql`(not ${sql.placeholder('isOwn')}::boolean or ${songs.ownerId} is not null)`,
    or(isNull(genre), like(songs.genreFolded, genre)),
    or(isNull(bpmMin), gte(songs.bpm, bpmMin)),
    or(isNull(bpmMax), lte(songs.bpm, bpmMax)),
    or(isNull(search), like(songs.titleFolded, search), like(songs.artistFolded, search)),
  );
}

const SORT_KEYS = {
  title: inFoldedOrder(songs.titleFolded),
  artist: inFoldedOrder(songs.artistFolded),
  bpm: sql`${songs.bpm}`,
  duration: sql`${songs.durationSec}`,
  created_at: sql`${songs.createdAt}`,
} as const;

function songOrder(ordering: SongOrdering): SQL[] {
  return listOrder(ordering, SORT_KEYS, songs.id);
}

/** By ordering. Most of a statement's cost is to put it together and to plan it: the catalogue is small. */
const songPages = new Map(
  SONG_ORDERINGS.map((ordering) => [
    ordering,
    prepared((orm) =>
      orm
        .select({ row: songs, total: orm.$count(songs, songConditions()) })
        .from(songs)
        .where(songConditions())
        .orderBy(...songOrder(ordering))
        .limit(sql.placeholder('limit'))
        .offset(sql.placeholder('offset'))
        .prepare(`songs_by_${ordering}`),
    ),
  ]),
);

const songCount = prepared((orm) =>
  orm.select({ count: count() }).from(songs).where(songConditions()).prepare('song_count'),
);

/** One page of the songs that pass the filter; empty where none does or the offset lies behind the last. */
export function listSongs(db: Database, filter: SongFilter): Promise<Page<Song>> {
  const { genre, search, bpmMin = null, bpmMax = null, ordering = 'title', limit, offset } = filter;
  const values = {
    userId: filter.userId ?? NOBODY,
    isOwn: filter.isOwn ?? false,
    genre: genre === undefined ? null : containsFolded(genre),
    search: search === undefined ? null : containsFolded(search),
    bpmMin,
    bpmMax,
  };
  const page = songPages.get(ordering);
  if (page === undefined) throw new RangeError(`No such ordering: ${ordering}`);
  return run(async () => {
    const rows = await page(db).execute({ ...values, limit, offset });
    return pageOf(rows, async () => theRow(await songCount(db).execute(values)).count);
  });
}

/** Every song that somebody sees, by title. */
export function listAllSongs(db: Database, viewer: SongViewer): Promise<Song[]> {
  return run(() =>
    db.orm
      .select()
      .from(songs)
      .where(isVisibleTo(viewer))
      .orderBy(...songOrder('title')),
  );
}

/** The song of that id, or null; null too where it is not for who looks. */
export function findSong(db: Database, id: number, viewer: SongViewer): Promise<Song | null> {
  const isIt = and(eq(songs.id, id), isVisibleTo(viewer));
  return run(async () => (await db.orm.select().from(songs).where(isIt))[0] ?? null);
}

/** The song of that storage key, or null. */
export function findSongByAudioPath(db: Database, audioPath: string): Promise<Song | null> {
  return run(
    async () => (await db.orm.select().from(songs).where(eq(songs.audioPath, audioPath)))[0] ?? null,
  );
}

/** What ingest knows of a song; a key that is absent is stored as null. */
export interface SongValues {
  readonly title: string;
  readonly artist: string;
  readonly durationSec: number;
  readonly bpm?: number | null;
  readonly tempoBpm?: number | null;
  readonly genre?: string | null;
  /** Storage key; says which song it is. */
  readonly audioPath: string;
  readonly contentHash?: string | null;
  readonly recordingHash?: string | null;
  /** What its file was called when it was brought in last. */
  readonly fileName?: string | null;
  readonly source: string;
}

/** What people read of it in one normal form, whatever system its file's name and tags come from. */
export function textsOf({ title, artist, genre = null }: SongValues) {
  const texts = {
    title: composed(title),
    artist: composed(artist),
    genre: genre === null ? null : composed(genre),
  };
  return { ...texts, ...foldSong(texts) };
}

export type UpsertOutcome = 'added' | 'updated' | 'unchanged';

/** What was said of the counts of one recording says nothing of another's. */
const ofSameRecording = sql`case when ${songs.contentHash} is not distinct from excluded.content_hash
  or ${songs.recordingHash} = excluded.recording_hash then ${songs.gridChange} end`;

/** Adds the song of that audio path, or makes it equal to the values; the same values again change nothing. */
export function upsertSong(db: Database, values: SongValues): Promise<{ outcome: UpsertOutcome; row: Song }> {
  return run(async () => {
    const { audioPath, ...rest } = values;
    const absent = { bpm: null, tempoBpm: null, contentHash: null, recordingHash: null, fileName: null };
    const columns = { ...absent, ...rest, ...textsOf(values) };
    const [written] = await db.orm
      .insert(songs)
      .values({ audioPath, ...columns })
      .onConflictDoUpdate({
        target: songs.audioPath,
        set: { ...columns, gridChange: ofSameRecording, updatedAt: clockNow },
        setWhere: sql`(${songs.title}, ${songs.artist}, ${songs.durationSec}, ${songs.bpm}, ${songs.tempoBpm},
          ${songs.genre}, ${songs.contentHash}, ${songs.recordingHash}, ${songs.fileName}, ${songs.source},
          ${songs.titleFolded}) is distinct from (excluded.title, excluded.artist, excluded.duration, excluded.bpm,
          excluded.tempo_bpm, excluded.genre, excluded.content_hash, excluded.recording_hash, excluded.file_name,
          excluded.source, excluded.title_folded)`,
      })
      // A row just inserted has no deleting transaction yet; one that the conflict updated has.
      .returning({ ...getTableColumns(songs), isNew: sql<boolean>`(xmax = 0)` });
    if (written !== undefined) {
      const { isNew, ...row } = written;
      return { outcome: isNew ? 'added' : 'updated', row };
    }
    return {
      outcome: 'unchanged',
      row: theRow(await db.orm.select().from(songs).where(eq(songs.audioPath, audioPath))),
    };
  });
}

export interface SongGrid {
  /** Null where the measured counts hold. */
  readonly gridChange: StoredGridChange | null;
  /** Of the counts that hold then. */
  readonly tempoBpm: number;
}

/** Says how a song is counted. @returns the song, or null where there is none of that id */
export function setSongGrid(
  db: Database,
  id: number,
  { gridChange, tempoBpm }: SongGrid,
): Promise<Song | null> {
  return run(async () => {
    const rows = await db.orm
      .update(songs)
      .set({ gridChange, tempoBpm, bpm: Math.round(tempoBpm), updatedAt: clockNow })
      .where(eq(songs.id, id))
      .returning();
    return rows[0] ?? null;
  });
}
