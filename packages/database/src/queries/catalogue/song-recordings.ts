import { and, eq, isNull, or } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { songs } from '../../schema/index.ts';
import { run } from '../run.ts';
import { isVisibleTo } from './song-visibility.ts';
import type { Song } from './songs.ts';

/** The song of the catalogue whose stored file has these bytes, the oldest of several, or null. */
export function findSongByContentHash(db: Database, contentHash: string): Promise<Song | null> {
  return run(async () => {
    const isAlike = and(eq(songs.contentHash, contentHash), isVisibleTo('catalogue'));
    return (await db.orm.select().from(songs).where(isAlike).orderBy(songs.id).limit(1))[0] ?? null;
  });
}

/** The songs of the catalogue that are this recording, or whose stored file has these bytes, by id. */
export function listSongsOfRecording(
  db: Database,
  { contentHash, recordingHash }: { readonly contentHash: string; readonly recordingHash: string },
): Promise<Song[]> {
  const isSame = or(eq(songs.recordingHash, recordingHash), eq(songs.contentHash, contentHash));
  const isIt = and(isSame, isVisibleTo('catalogue'));
  return run(() => db.orm.select().from(songs).where(isIt).orderBy(songs.id));
}

/** Songs of the catalogue of which nobody has looked which recording they are, by id. */
export function listSongsWithoutRecording(db: Database): Promise<Song[]> {
  const isUnknown = and(isNull(songs.recordingHash), isVisibleTo('catalogue'));
  return run(() => db.orm.select().from(songs).where(isUnknown).orderBy(songs.id));
}

/** Notes which recording a song is. */
export function noteRecording(db: Database, id: number, recordingHash: string): Promise<void> {
  return run(async () => {
    await db.orm.update(songs).set({ recordingHash }).where(eq(songs.id, id));
  });
}
