import { type Database, findAnalysis, type Song, saveAnalysis } from '@bachata-buddy/database';
import { decodeAudio, findMediaTools } from '@bachata-buddy/media';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseSong, type SongAnalysis } from '@bachata-buddy/music';
import { hashFile } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { withLocalAudio } from './song-audio.ts';

export interface SongAnalyserOptions {
  readonly database: Database;
  readonly store: ObjectStore;
}

/**
 * Analyses songs, each audio file once: what was found is kept in the database under the file's hash. A song
 * whose analysis is there needs neither its audio nor ffmpeg.
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
    return analyseSong({ contentHash, decode, cache, signal });
  };
}
