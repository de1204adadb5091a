import type { Database } from '@bachata-buddy/database';
import type { MediaTools, PictureSize } from '@bachata-buddy/media';
import { analyseInWorker, type SongAnalysis } from '@bachata-buddy/music';
import { hearSong } from '@bachata-buddy/songs';
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
  /** Where the pose model lies, instead of where it is installed. */
  readonly poseModelFolder?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A song file's analysis, from the database where the same bytes were analysed before. */
export function analyseSongFile(
  { db, tools, signal }: Pick<IngestContext, 'db' | 'tools' | 'signal'>,
  filePath: string,
  contentHash: string,
): Promise<SongAnalysis> {
  const withFile = <T>(use: (path: string) => Promise<T>) => use(filePath);
  const analyseSound = analyseInWorker;
  return hearSong({ db, tools: async () => tools, contentHash, withFile, analyseSound, signal });
}
