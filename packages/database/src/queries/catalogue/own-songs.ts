import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { songs } from '../../schema/index.ts';
import { run, theRow } from '../run.ts';
import { type Song, type SongValues, textsOf } from './songs.ts';

/** Of a song that a user brings: its file lies in storage, and nobody has listened to it yet. */
export type OwnSongValues = Pick<
  SongValues,
  'title' | 'artist' | 'genre' | 'durationSec' | 'audioPath' | 'contentHash' | 'recordingHash'
> & { readonly ownerId: number };

const SOURCE = 'upload';

/** Notes a song of a user's own, `analysing`. */
export function addOwnSong(db: Database, values: OwnSongValues): Promise<Song> {
  return run(async () =>
    theRow(
      await db.orm
        .insert(songs)
        .values({ ...values, ...textsOf({ ...values, source: SOURCE }), source: SOURCE, status: 'analysing' })
        .returning(),
    ),
  );
}

/** What was found of a song that is listened to. */
export type HeardSong =
  | { readonly isSong: true; readonly durationSec: number; readonly tempoBpm: number }
  /** Why it cannot be danced to, for people. */
  | { readonly isSong: false; readonly failure: string };

/** Notes what was heard in a song that was `analysing`. @returns false where it is gone, or was given up */
export function noteSongHeard(db: Database, id: number, heard: HeardSong): Promise<boolean> {
  const found = heard.isSong
    ? {
        status: 'ready' as const,
        durationSec: heard.durationSec,
        tempoBpm: heard.tempoBpm,
        bpm: Math.round(heard.tempoBpm),
      }
    : { status: 'failed' as const, failure: heard.failure };
  return run(async () => {
    const rows = await db.orm
      .update(songs)
      .set({ ...found, updatedAt: clockNow })
      .where(and(eq(songs.id, id), eq(songs.status, 'analysing')))
      .returning({ id: songs.id });
    return rows.length > 0;
  });
}

/**
 * Takes up songs that were to be listened to, and of which nothing was heard for so many seconds: whoever was to is gone.
 * Of several that ask at the same time each song is given to one.
 */
export function takeUnheardSongs(
  db: Database,
  { silentForSec }: { readonly silentForSec: number },
): Promise<Song[]> {
  return run(() =>
    db.orm
      .update(songs)
      .set({ updatedAt: clockNow })
      .where(
        and(
          eq(songs.status, 'analysing'),
          lt(songs.updatedAt, sql`${clockNow} - make_interval(secs => ${silentForSec})`),
        ),
      )
      .returning(),
  );
}

/** Fails songs that were brought so many seconds ago, and that nobody has listened to. @returns how many */
export function failUnheardSongs(
  db: Database,
  { olderThanSec, failure }: { readonly olderThanSec: number; readonly failure: string },
): Promise<number> {
  return run(async () => {
    const rows = await db.orm
      .update(songs)
      .set({ status: 'failed', failure, updatedAt: clockNow })
      .where(
        and(
          eq(songs.status, 'analysing'),
          lt(songs.createdAt, sql`${clockNow} - make_interval(secs => ${olderThanSec})`),
        ),
      )
      .returning({ id: songs.id });
    return rows.length;
  });
}

/** The songs that a user has brought, the oldest first. */
export function listOwnSongs(db: Database, ownerId: number): Promise<Song[]> {
  return run(() => db.orm.select().from(songs).where(eq(songs.ownerId, ownerId)).orderBy(songs.id));
}
