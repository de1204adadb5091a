import { elementAt } from '@bachata-buddy/platform';
import type { SampleRun, TrackToWrite } from './movie-to-write.ts';

/** Sound and picture lie beside each other in pieces of this length, so that players need not jump. */
const CHUNK_SEC = 0.5;

/** Samples of one track that lie one behind the other in the file. */
export interface Chunk {
  readonly sampleCount: number;
  /** Bytes from the beginning of the media data. */
  readonly offset: number;
}

/** Bytes to copy from a file. */
export interface Stretch {
  readonly path: string;
  readonly offset: number;
  sizeBytes: number;
}

export interface ChunkPlan {
  /** Of each track, in order. */
  readonly chunksOfTracks: readonly (readonly Chunk[])[];
  /** The media data from its beginning to its end. */
  readonly stretches: readonly Stretch[];
  readonly dataBytes: number;
}

/** Lays the samples of all tracks out in one file: in turns, always the track that is furthest behind in time. */
export function planChunks(tracks: readonly TrackToWrite[]): ChunkPlan {
  const cursors = tracks.map(makeCursor);
  const chunksOfTracks: Chunk[][] = tracks.map(() => []);
  const stretches: Stretch[] = [];
  let dataBytes = 0;
  for (let next = furthestBehind(cursors); next !== undefined; next = furthestBehind(cursors)) {
    const { sampleCount, sizeBytes } = next.cursor.takeChunk(stretches);
    elementAt(chunksOfTracks, next.index).push({ sampleCount, offset: dataBytes });
    dataBytes += sizeBytes;
  }
  return { chunksOfTracks, stretches, dataBytes };
}

interface Cursor {
  /** Time of the next sample in seconds; undefined behind the last one. */
  timeSec(): number | undefined;
  takeChunk(stretches: Stretch[]): { sampleCount: number; sizeBytes: number };
}

function makeCursor({ runs, timescale }: TrackToWrite): Cursor {
  let run = 0;
  let sample = 0;
  let ticks = 0;
  const skipEmpty = (): SampleRun | undefined => {
    while (runs[run] !== undefined && sample >= elementAt(runs, run).sizes.length) {
      run += 1;
      sample = 0;
    }
    return runs[run];
  };
  return {
    timeSec: () => (skipEmpty() === undefined ? undefined : ticks / timescale),
    takeChunk(stretches) {
      const endTicks = ticks + CHUNK_SEC * timescale;
      let sampleCount = 0;
      let sizeBytes = 0;
      for (let at = skipEmpty(); at !== undefined && ticks < endTicks; at = skipEmpty()) {
        addStretch(stretches, at.path, elementAt(at.offsets, sample), elementAt(at.sizes, sample));
        sizeBytes += elementAt(at.sizes, sample);
        ticks += elementAt(at.durationTicks, sample);
        sampleCount += 1;
        sample += 1;
      }
      return { sampleCount, sizeBytes };
    },
  };
}

function furthestBehind(cursors: readonly Cursor[]): { cursor: Cursor; index: number } | undefined {
  let found: { cursor: Cursor; index: number; timeSec: number } | undefined;
  for (const [index, cursor] of cursors.entries()) {
    const timeSec = cursor.timeSec();
    if (timeSec !== undefined && (found === undefined || timeSec < found.timeSec)) {
      found = { cursor, index, timeSec };
    }
  }
  return found;
}

function addStretch(stretches: Stretch[], path: string, offset: number, sizeBytes: number): void {
  const last = stretches.at(-1);
  if (last?.path === path && last.offset + last.sizeBytes === offset) last.sizeBytes += sizeBytes;
  else stretches.push({ path, offset, sizeBytes });
}
