import { ANALYSIS_VERSION } from './analyse.ts';
import { analyseInWorker, throwIfCancelled } from './analyse-in-worker.ts';
import type { PackedSound } from './packed-sound.ts';
import type { SongAnalysis } from './song-analysis.ts';

/** Where analyses are kept; the key is the song's content and the algorithm's version. */
export interface AnalysisCache {
  find(contentHash: string, version: number): Promise<SongAnalysis | null>;
  save(contentHash: string, version: number, analysis: SongAnalysis): Promise<void>;
}

export interface AnalyseSongOptions {
  /** Hash of the song file's bytes. */
  readonly contentHash: string;
  /** Decodes the song, at 22,050 Hz; its buffers are given away. Called only where the cache has no answer. */
  readonly decode: () => Promise<PackedSound>;
  readonly cache: AnalysisCache;
  /** Cancels between the steps and ends the analysis itself. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Analyse a song once: from the cache where it is known, else decode, analyse in a thread, save.
 *
 * @throws AppError as `analyseInWorker`; what `decode` and the cache throw passes through. An analysis that cannot be
 *   saved is an error too: it would be paid for again at every request.
 */
export async function analyseSong(options: AnalyseSongOptions): Promise<SongAnalysis> {
  const { contentHash, decode, cache, signal } = options;
  throwIfCancelled(signal);
  const known = await cache.find(contentHash, ANALYSIS_VERSION);
  if (known !== null) return known;
  throwIfCancelled(signal);
  const packed = await decode();
  const analysis = await analyseInWorker(packed, { signal });
  await cache.save(contentHash, ANALYSIS_VERSION, analysis);
  return analysis;
}
