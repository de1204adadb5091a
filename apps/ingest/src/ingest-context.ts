import { type Database, findAnalysis, saveAnalysis } from '@bachata-buddy/database';
import { decodeAudio, type MediaTools, type PictureSize } from '@bachata-buddy/media';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseSong, type SongAnalysis } from '@bachata-buddy/music';
import type { ObjectStore } from '@bachata-buddy/storage';
import type { IngestReport } from './ingest-report.ts';

/** What every kind of ingest works with. */
export interface IngestContext {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly tools: MediaTools;
  /** Of prepared clips. */
  readonly size: PictureSize;
  readonly report: IngestReport;
  readonly signal?: AbortSignal | undefined;
}

/** A song file's analysis, from the database where the same bytes were analysed before. */
export function analyseSongFile(
  { db, tools, signal }: Pick<IngestContext, 'db' | 'tools' | 'signal'>,
  filePath: string,
  contentHash: string,
): Promise<SongAnalysis> {
  const abort = signal === undefined ? {} : { signal };
  return analyseSong({
    contentHash,
    decode: () => decodeAudio(tools, filePath, { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ, ...abort }),
    cache: {
      find: (hash, version) => findAnalysis(db, hash, version),
      save: (hash, version, analysis) => saveAnalysis(db, hash, version, analysis),
    },
    ...abort,
  });
}
