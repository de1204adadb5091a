import { type Database, findAnalysis, type Song, saveAnalysis } from '@bachata-buddy/database';
import { decodeAudio, findMediaTools } from '@bachata-buddy/media';
import {
  ANALYSIS_SAMPLE_RATE_HZ,
  ANALYSIS_VERSION,
  analyseSong,
  changeGrid,
  type SongAnalysis,
} from '@bachata-buddy/music';
import { hashFile } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { withLocalAudio } from './song-audio.ts';

export interface SongAnalyserOptions {
  readonly database: Database;
  readonly store: ObjectStore;
}

/**
 * Analyses songs, each audio file once: what was found is kept in the database under the file's hash. A song
 * whose analysis is there needs neither its audio nor ffmpeg. What somebody said of its counts is applied to what is
 * answered, not to what is kept.
 */
export function makeSongAnalyser({ database, store }: SongAnalyserOptions) {
  const cache = {
    find: (contentHash: string, version: number) =>
      findAnalysis<SongAnalysis>(database, contentHash, version),
    save: (contentHash: string, version: number, analysis: SongAnalysis) =>
      saveAnalysis(database, contentHash, version, analysis),
  };

  return async (song: Song, signal: AbortSignal): Promise<SongAnalysis> => {
    const withAudio = <T>(use: (path: string) => Promise<T>) =>
      withLocalAudio({ store, audioPath: song.audioPath, signal }, use);
    const contentHash = song.contentHash ?? (await withAudio((path) => hashFile(path, signal)));
    const decode = () =>
      withAudio(async (path) =>
        decodeAudio(await findMediaTools(), path, { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ, signal }),
      );
    return changeGrid(await analyseSong({ contentHash, decode, cache, signal }), song.gridChange);
  };
}

/** What is known of a song without listening to it, its counts as they hold; null where it was not analysed yet. */
export async function findSongAnalysis(database: Database, song: Song): Promise<SongAnalysis | null> {
  if (song.contentHash === null) return null;
  const analysis = await findAnalysis<SongAnalysis>(database, song.contentHash, ANALYSIS_VERSION);
  return analysis === null ? null : changeGrid(analysis, song.gridChange);
}
