import type { AnalyseSound } from './analyse-in-worker.ts';
import { throwIfCancelled } from './errors.ts';
import type { PackedSound } from './packed-sound.ts';
import { ANALYSIS_VERSION, type SongAnalysis } from './song-analysis.ts';

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
  readonly analyseSound: AnalyseSound;
  /** Cancels between the steps and ends the analysis itself. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Analyse a song once: from the cache where it is known, else decode, analyse, save.
 *
 * @throws AppError `CANCELLED` where the signal aborts; what `decode`, `analyseSound` and the cache throw passes through. An analysis that cannot be
 *   saved is an error too: it would be paid for again at every request.
 */
export async function analyseSong(options: AnalyseSongOptions): Promise<SongAnalysis> {
  const { contentHash, decode, cache, analyseSound, signal } = options;
  throwIfCancelled(signal);
  const known = await cache.find(contentHash, ANALYSIS_VERSION);
  if (known !== null) return known;
  throwIfCancelled(signal);
  const packed = await decode();
  const analysis = await analyseSound(packed, { signal });
  await cache.save(contentHash, ANALYSIS_VERSION, analysis);
  return analysis;
}
