import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AppError, hasCode } from '@bachata-buddy/platform';
import type { Bucket, FileMetadata } from '@google-cloud/storage';
import { makeCrc32c } from './crc32c.ts';
import { storageError } from './errors.ts';
import { findMetadata, type GcsRetries } from './gcs-client.ts';
import { openMedia, retryPassing } from './gcs-media.ts';
import { watchForStall } from './stall-watch.ts';
import { notFoundError } from './storage-error.ts';

export interface DownloadOptions {
  readonly bucket: Bucket;
  readonly key: string;
  /** Must not exist; does only once it is whole. */
  readonly filePath: string;
  readonly idleMs: number;
  readonly retries: GcsRetries;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies an object into a file beside the target, compares size and CRC-32C with what the bucket says of the
 * object, and gives the file its name. What passes, arrives short or arrives altered is fetched again.
 *
 * @throws AppError `STORAGE_NOT_FOUND`, `STORAGE_EXISTS` (the file), `STORAGE_FAILED`; the signal's reason
 */
export function downloadFile(options: DownloadOptions): Promise<FileMetadata> {
  const { bucket, key, retries, signal } = options;
  const fetchLive = async (): Promise<FileMetadata> => {
    const metadata = await findMetadata(bucket, key, options);
    if (metadata === null) throw notFoundError(key);
    await fetchGeneration(options, metadata);
    return metadata;
  };
  return retryPassing(retries, signal, async () => {
    try {
      return await fetchLive();
    } catch (thrown) {
      // Replaced since we asked for it: the new one, then.
      if (hasCode(thrown, 'STORAGE_NOT_FOUND')) return fetchLive();
      throw thrown;
    }
  });
}

async function fetchGeneration(
  { bucket, key, filePath, idleMs, signal }: DownloadOptions,
  { generation, size, crc32c }: FileMetadata,
): Promise<void> {
  const temporary = `${filePath}.${randomUUID()}.part`;
  const watch = watchForStall(idleMs, signal);
  const crc = makeCrc32c();
  let receivedBytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      watch.touch();
      crc.update(chunk);
      receivedBytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    const source = await openMedia({ bucket, key, generation, signal: watch.signal });
    await pipeline(source, meter, createWriteStream(temporary, { flags: 'wx' }), { signal: watch.signal });
    if (receivedBytes !== Number(size) || crc32c !== crc.toBase64()) throw damaged(key);
    // Unlike rename, link fails where the name is taken.
    await link(temporary, filePath);
  } catch (thrown) {
    throw watch.signal.aborted ? watch.signal.reason : thrown;
  } finally {
    watch.end();
    await rm(temporary, { force: true });
  }
}

function damaged(key: string): AppError {
  return storageError('STORAGE_FAILED', 'The file did not arrive from storage as it is kept there.', {
    details: { key },
  });
}
