import type { FileHandle } from 'node:fs/promises';
import { cancelled, elementAt } from '@bachata-buddy/platform';
import { mediaError } from '../errors.ts';
import type { ChunkPlan } from './chunks.ts';
import type { MovieToWrite } from './movie-to-write.ts';
import { openReadFiles, type ReadFiles } from './read-files.ts';

const BUFFER_BYTES = 4 * 1024 * 1024;
/** Places that one call of the system fills; Linux allows 1,024. */
const MAX_PLACES = 1_000;

/**
 * Appends stretches of other files to a file, through one buffer that is written when it is full. Picture and sound lie
 * in turns in what is written, each of them in one piece where it comes from: what of a buffer comes from one place is
 * read at once, into where it belongs.
 *
 * @throws AppError `CANCELLED`; `MEDIA_OUTPUT_INVALID` where a file ends before its samples do
 */
export async function copyStretches(
  file: FileHandle,
  { stretches, dataBytes }: Pick<ChunkPlan, 'stretches' | 'dataBytes'>,
  { signal, onProgress }: Pick<MovieToWrite, 'signal' | 'onProgress'>,
): Promise<void> {
  const sources = openReadFiles();
  const buffer = Buffer.allocUnsafe(Math.min(BUFFER_BYTES, Math.max(1, dataBytes)));
  let copied = 0;
  try {
    for (const { reads, bytes } of planFillings(stretches, buffer)) {
      for (const read of reads) {
        if (signal?.aborted) throw cancelled('The work was cancelled');
        await fill(read, sources);
      }
      await writeAll(file, bytes);
      copied += bytes.length;
      onProgress?.(copied / dataBytes);
    }
  } finally {
    await sources.close();
  }
}

/** Bytes that follow each other in a file, and the places they go to, in order. */
interface Read {
  readonly path: string;
  readonly offset: number;
  readonly places: Buffer[];
  sizeBytes: number;
}

/** What the buffer is filled with each time, and the part of it that is written then. */
function* planFillings(
  stretches: ChunkPlan['stretches'],
  buffer: Buffer,
): Generator<{ reads: readonly Read[]; bytes: Buffer }> {
  let reads: Read[] = [];
  let filled = 0;
  for (const { path, offset, sizeBytes } of stretches) {
    for (let done = 0; done < sizeBytes; ) {
      const end = Math.min(buffer.length, filled + sizeBytes - done);
      addPlace(reads, path, offset + done, buffer.subarray(filled, end));
      done += end - filled;
      filled = end;
      if (filled < buffer.length) continue;
      yield { reads, bytes: buffer };
      reads = [];
      filled = 0;
    }
  }
  if (filled > 0) yield { reads, bytes: buffer.subarray(0, filled) };
}

function addPlace(reads: Read[], path: string, offset: number, place: Buffer): void {
  const last = reads.findLast((read) => read.path === path);
  if (last !== undefined && last.offset + last.sizeBytes === offset && last.places.length < MAX_PLACES) {
    last.places.push(place);
    last.sizeBytes += place.length;
  } else reads.push({ path, offset, places: [place], sizeBytes: place.length });
}

async function fill({ path, offset, places, sizeBytes }: Read, sources: ReadFiles): Promise<void> {
  const source = await sources.open(path);
  let { bytesRead: done } = await source.readv(places, offset);
  // The system may give less than was asked for: then what is left is read place by place.
  for (let start = 0, index = 0; done < sizeBytes; index += 1) {
    const place = elementAt(places, index);
    while (done >= start && done < start + place.length) {
      const { bytesRead } = await source.read(
        place,
        done - start,
        start + place.length - done,
        offset + done,
      );
      if (bytesRead === 0) {
        const message = 'A file ended before its samples did';
        throw mediaError('MEDIA_OUTPUT_INVALID', message, { details: { path, offset } });
      }
      done += bytesRead;
    }
    start += place.length;
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}
