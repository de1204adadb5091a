import { join } from 'node:path';
import {
  findSongByAudioPath,
  listSongsOfRecording,
  listSongsWithoutRecording,
  noteRecording,
  type Song,
} from '@bachata-buddy/database';
import { hashRecording, probeMedia } from '@bachata-buddy/media';
import { AppError, hasCode, withScratchDirectory } from '@bachata-buddy/platform';
import { endingOf, stemOf } from '@bachata-buddy/songs';
import { SONG_PREFIX } from '@bachata-buddy/vocabulary';
import { bringHere } from './bring-here.ts';
import type { FoundFile } from './files/find-files.ts';
import { keyOfRecording } from './files/readable-key.ts';
import type { IngestContext } from './ingest-context.ts';

/** Which recording a file is. */
export interface HashedSong {
  /** Of the file's bytes. */
  readonly contentHash: string;
  readonly recordingHash: string;
}

/** The place of a file in the catalogue. */
export interface SongPlace {
  /** The song that it is already; null for a new one. */
  readonly same: Song | null;
  /** Where its sound lies, or will. */
  readonly audioPath: string;
  /** The name of an earlier file of this run that is the same recording, or null. */
  readonly twin: string | null;
}

/** Finds a file's place; in the order of the files, one at a time. */
export type FindSongPlace = (file: FoundFile, hashes: HashedSong) => Promise<SongPlace>;

/**
 * Of the songs that are the same recording a file is the one that had its name, else one whose file is not there any more:
 * then it was renamed. Where there is neither it is a copy, and a song of its own.
 *
 * @param names of all files of this run
 */
export function makeFindSongPlace(context: IngestContext, names: ReadonlySet<string>): FindSongPlace {
  const { db } = context;
  const takenIds = new Set<number>();
  const takenKeys = new Set<string>();
  const firstNames = new Map<string, string>();
  let looked: Promise<void> | undefined;

  function songOf(file: FoundFile, songs: readonly Song[]): Song | null {
    const free = songs.filter(({ id }) => !takenIds.has(id));
    const named = free.find(({ fileName }) => fileName === file.name);
    // Rows of old have no name, but a key that was made of it.
    const keyed = free.find(({ audioPath }) => audioPath === `${SONG_PREFIX}${file.fileName}`);
    return named ?? keyed ?? free.find(({ fileName }) => fileName === null || !names.has(fileName)) ?? null;
  }

  async function isTaken(key: string): Promise<boolean> {
    return takenKeys.has(key) || (await findSongByAudioPath(db, key)) !== null;
  }

  return async (file, { contentHash, recordingHash }) => {
    looked ??= noteRecordings(context);
    await looked;
    const twin = firstNames.get(recordingHash) ?? null;
    if (twin === null) firstNames.set(recordingHash, file.name);
    const same = songOf(file, await listSongsOfRecording(db, { contentHash, recordingHash }));
    if (same !== null) {
      takenIds.add(same.id);
      return { same, audioPath: same.audioPath, twin };
    }
    const { fileName } = file;
    const name = { prefix: SONG_PREFIX, name: stemOf(fileName), ending: endingOf(fileName), recordingHash };
    const audioPath = await keyOfRecording(name, isTaken);
    takenKeys.add(audioPath);
    return { same, audioPath, twin };
  };
}

/** Of songs of which nobody has looked yet which recording they are. */
async function noteRecordings(context: IngestContext): Promise<void> {
  for (const song of await listSongsWithoutRecording(context.db)) {
    const recordingHash = await hashStored(context, song);
    if (recordingHash !== null) await noteRecording(context.db, song.id, recordingHash);
  }
}

/** Null where the file is not in storage, or is no song any more: then no file can be it. */
async function hashStored(
  { store, tools, signal }: IngestContext,
  { audioPath }: Song,
): Promise<string | null> {
  try {
    return await withScratchDirectory({ purpose: 'recording' }, async (directory) => {
      const path = await bringHere(store, audioPath, { copyPath: join(directory, 'song'), signal });
      const probe = await probeMedia(tools, path, { signal });
      return hashRecording(tools, { path, probe, of: 'sound', signal });
    });
  } catch (thrown) {
    const isAbsent = hasCode(thrown, 'STORAGE_NOT_FOUND');
    if (isAbsent || (thrown instanceof AppError && thrown.isAboutFile)) return null;
    throw thrown;
  }
}
