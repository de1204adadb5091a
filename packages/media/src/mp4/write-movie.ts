import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '@bachata-buddy/platform';
import { type ChunkPlan, planChunks } from './chunks.ts';
import { makeFileType, makeIndex, makeMediaDataHeader } from './index-boxes.ts';
import type { MovieToWrite } from './movie-to-write.ts';
import { openReadFiles } from './read-files.ts';

const BUFFER_BYTES = 4 * 1024 * 1024;
/** Beyond this, offsets are written in 64 bits; what lies in front of the samples is far smaller than the rest. */
const LARGE_FILE_BYTES = 0xf000_0000;

/**
 * Writes an mp4 file of samples that lie in others, with the index in front. Nothing is decoded, and memory does not
 * grow with the samples' bytes: only their rows are held.
 *
 * @returns its length in bytes
 * @throws AppError `MEDIA_CANCELLED`; `MEDIA_OUTPUT_INVALID` where a file ends before its samples do; what the system
 * says where a file cannot be read or written
 */
export async function writeMovie(movie: MovieToWrite): Promise<number> {
  const chunks = planChunks(movie.tracks);
  const isLarge = chunks.dataBytes > LARGE_FILE_BYTES;
  const fileType = makeFileType(movie.brands ?? []);
  const dataHeader = makeMediaDataHeader(chunks.dataBytes);
  const index = (dataStart: number): Buffer => makeIndex({ movie, chunks, dataStart, isLarge });
  // The index holds offsets to what lies behind it; its length is the same whatever they are.
  const headBytes = fileType.length + index(0).length + dataHeader.length;
  const file = await open(movie.path, 'w');
  try {
    await file.writev([fileType, index(headBytes), dataHeader]);
    await copySamples(file, movie, chunks);
  } finally {
    await file.close();
  }
  return headBytes + chunks.dataBytes;
}

/** Reads straight into the buffer that is written when it is full. */
async function copySamples(file: FileHandle, movie: MovieToWrite, chunks: ChunkPlan): Promise<void> {
  const sources = openReadFiles();
  const buffer = Buffer.allocUnsafe(Math.min(BUFFER_BYTES, Math.max(1, chunks.dataBytes)));
  let filled = 0;
  let copied = 0;
  const flush = async (): Promise<void> => {
    await writeAll(file, buffer.subarray(0, filled));
    copied += filled;
    filled = 0;
    movie.onProgress?.(copied / chunks.dataBytes);
  };
  try {
    for (const { path, offset, sizeBytes } of chunks.stretches) {
      if (movie.signal?.aborted) throw new AppError('The work was cancelled', { code: 'MEDIA_CANCELLED' });
      const source = await sources.open(path);
      for (let done = 0; done < sizeBytes; ) {
        if (filled === buffer.length) await flush();
        const wanted = Math.min(sizeBytes - done, buffer.length - filled);
        const { bytesRead } = await source.read(buffer, filled, wanted, offset + done);
        if (bytesRead === 0) {
          const message = 'A file ended before its samples did';
          throw new AppError(message, { code: 'MEDIA_OUTPUT_INVALID', details: { path, offset } });
        }
        filled += bytesRead;
        done += bytesRead;
      }
    }
    await flush();
  } finally {
    await sources.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}
