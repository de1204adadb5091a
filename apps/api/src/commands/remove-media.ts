import {
  type Database,
  findSong,
  findSongByContentHash,
  type MediaRemoval,
  type RemoveFiles,
  removeMove,
  removeSong,
  type Song,
} from '@bachata-buddy/database';
import { companionKeys } from '@bachata-buddy/media';
import { preparedKeysOf } from '@bachata-buddy/songs';
import type { ObjectStore } from '@bachata-buddy/storage';
import { apiError } from '../errors.ts';
import { namesOfNeeds } from '../songs/names-of-needs.ts';

export interface RemovalScene {
  readonly database: Database;
  readonly store: ObjectStore;
  /** Only say what would become of it. */
  readonly isDry: boolean;
}

/**
 * Takes a song and its files away.
 *
 * @returns what to say of it
 * @throws AppError `MEDIA_NEEDED` where something needs it, by name; `SONG_UNKNOWN`
 */
export async function removeSongAndFiles(scene: RemovalScene, songId: number): Promise<string> {
  const { database, store, isDry } = scene;
  const song = await findSong(database, songId, 'operator');
  const removal = song && (await removeSong(database, songId, isDry ? null : removeAllFrom(store)));
  if (song === null || removal === null) throw songUnknown(songId);
  const what = `The song ${songId}, ${song.title} by ${song.artist},`;
  requireRemovable(what, removal);
  if (!isDry) {
    await removeAllFrom(store)(await preparedFilesOf(database, song));
  }
  return report(what, removal, isDry);
}

/** The same of a move and the files of its clip. @throws AppError `MEDIA_NEEDED`, `MOVE_UNKNOWN` */
export async function removeMoveAndFiles(scene: RemovalScene, moveId: string): Promise<string> {
  const { database, store, isDry } = scene;
  const removeFiles: RemoveFiles = (keys) =>
    removeAllFrom(store)(keys.flatMap((key) => [...Object.values(companionKeys(key)), key]));
  const removal = await removeMove(database, moveId, isDry ? null : removeFiles);
  if (removal === null) throw apiError('MOVE_UNKNOWN', `There is no move ${moveId}. See pnpm moves list.`);
  const what = `The move ${moveId}`;
  requireRemovable(what, removal);
  return report(what, removal, isDry);
}

function removeAllFrom(store: ObjectStore): RemoveFiles {
  return async (keys) => {
    for (const key of keys) await store.remove(key);
  };
}

export function songUnknown(id: number | string) {
  return apiError('SONG_UNKNOWN', `There is no song ${id}. See pnpm songs list.`);
}

/** `  (named by 3 tasks)`, or nothing. */
export function namedBy(taskCount = 0): string {
  return taskCount === 0 ? '' : `  (named by ${counted(taskCount, 'task')})`;
}

/** What ingest made of the song's file, unless another song has the same bytes. */
async function preparedFilesOf(database: Database, { contentHash }: Song): Promise<string[]> {
  if (contentHash === null || (await findSongByContentHash(database, contentHash)) !== null) return [];
  return preparedKeysOf(contentHash);
}

function requireRemovable(what: string, { isRemovable, needs }: MediaRemoval): void {
  if (isRemovable) return;
  const message = `${what} stays: it is needed by ${namesOfNeeds(needs).join('; ')}.`;
  throw apiError('MEDIA_NEEDED', `${message} Wait for tasks to end, and delete items of collections first.`);
}

function report(what: string, { needs: { endedTasks } }: MediaRemoval, isDry: boolean): string {
  const first = `${what} ${isDry ? 'can be removed' : 'is removed'}, and nothing needs its files.`;
  if (endedTasks === 0) return first;
  const made = `Made with it: ${counted(endedTasks, 'ended task')}`;
  return `${first} ${made}; finished videos stay, practice versions of them can be made no more.`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
