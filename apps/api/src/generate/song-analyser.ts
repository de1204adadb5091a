import { type Database, findAnalysis, type Song } from '@bachata-buddy/database';
import { findMediaTools, songSampleKey } from '@bachata-buddy/media';
import { ANALYSIS_VERSION, type AnalyseSound, changeGrid, type SongAnalysis } from '@bachata-buddy/music';
import { hashFile } from '@bachata-buddy/platform';
import { hearSong, type SongToHear } from '@bachata-buddy/songs';
import type { ObjectStore } from '@bachata-buddy/storage';
import { ownSampleKey } from '@bachata-buddy/vocabulary';
import { MAX_OWN_SONG_SEC } from '../songs/song-limits.ts';
import { withLocalAudio } from './song-audio.ts';

export interface SongAnalyserOptions {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly analyseSound: AnalyseSound;
}

/**
 * Analyses songs, each audio file once: what was found is kept in the database under the file's hash. A song
 * whose analysis is there needs neither its audio nor ffmpeg. What somebody said of its counts is applied to what is
 * answered, not to what is kept.
 */
export function makeSongAnalyser(options: SongAnalyserOptions) {
  return async (song: Song, signal: AbortSignal): Promise<SongAnalysis> =>
    changeGrid(await hearSong(await songToHear(options, song, signal)), song.gridChange);
}

/** A song of the catalogue as it is listened to. @throws AppError `GENERATE_NO_AUDIO` where its file is not there */
export async function songToHear(
  { database: db, store, analyseSound }: SongAnalyserOptions,
  { audioPath, contentHash: known, ownerId }: Pick<Song, 'audioPath' | 'contentHash' | 'ownerId'>,
  signal: AbortSignal,
): Promise<SongToHear & { readonly sampleKey: string; readonly signal: AbortSignal }> {
  const withFile = <T>(use: (path: string) => Promise<T>) =>
    withLocalAudio({ store, audioPath, signal }, use);
  const contentHash = known ?? (await withFile((path) => hashFile(path, signal)));
  const isOwn = ownerId !== null;
  const sampleKey = isOwn ? ownSampleKey(audioPath) : songSampleKey(contentHash);
  const limits = isOwn ? { maxDurationSec: MAX_OWN_SONG_SEC } : {};
  return { db, contentHash, tools: findMediaTools, withFile, analyseSound, signal, sampleKey, ...limits };
}

/** What is known of a song without listening to it, its counts as they hold; null where it was not analysed yet. */
export async function findSongAnalysis(database: Database, song: Song): Promise<SongAnalysis | null> {
  if (song.contentHash === null) return null;
  const analysis = await findAnalysis<SongAnalysis>(database, song.contentHash, ANALYSIS_VERSION);
  return analysis === null ? null : changeGrid(analysis, song.gridChange);
}
