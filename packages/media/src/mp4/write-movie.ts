import { open } from 'node:fs/promises';
import { planChunks } from './chunks.ts';
import { copyStretches } from './copy-stretches.ts';
import { makeFileType, makeIndex, makeMediaDataHeader } from './index-boxes.ts';
import type { MovieToWrite } from './movie-to-write.ts';

/** Beyond this, offsets are written in 64 bits; what lies in front of the samples is far smaller than the rest. */
const LARGE_FILE_BYTES = 0xf000_0000;

/**
 * Writes an mp4 file of samples that lie in others, with the index in front. Nothing is decoded, and memory does not
 * grow with the samples' bytes: only their rows are held.
 *
 * @returns its length in bytes
 * @throws AppError `CANCELLED`; `MEDIA_OUTPUT_INVALID` where a file ends before its samples do; what the system
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
    await copyStretches(file, chunks, movie);
  } finally {
    await file.close();
  }
  return headBytes + chunks.dataBytes;
}
