import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Bucket, FileMetadata } from '@google-cloud/storage';
import { storageError } from './errors.ts';
import { checksumOf, type FileChecksum } from './file-checksum.ts';
import { findMetadata } from './gcs-client.ts';
import { gcsError, isPreconditionFailure, statusOf } from './gcs-errors.ts';
import type { PutOptions } from './object-store.ts';
import { watchForStall } from './stall-watch.ts';
import { existsError } from './storage-error.ts';

/** A part of an upload, kept in memory until the bucket has it; a multiple of 256 KiB. */
const DEFAULT_CHUNK_BYTES = 8 * 1024 * 1024;
/** Writers that keep replacing one object give way to each other this often. */
const MAX_ROUNDS = 5;
/** Marks an object with the upload that made it, so that a writer knows its own work again. */
const UPLOAD_ID = 'upload-id';

export interface UploadOptions extends PutOptions {
  readonly bucket: Bucket;
  readonly filePath: string;
  readonly key: string;
  readonly idleMs: number;
  readonly chunkBytes?: number | undefined;
}

/**
 * Stores a file whole or not at all, checked by the bucket against its CRC-32C. Every write names the generation
 * it replaces (0: none), which makes it safe to repeat and lets one of several writers win.
 *
 * @throws AppError `STORAGE_EXISTS` (`ifAbsent`), `STORAGE_FAILED`; the signal's reason
 */
export async function uploadFile(options: UploadOptions): Promise<FileMetadata> {
  const { bucket, filePath, key, signal, ifAbsent } = options;
  try {
    const checksum = await checksumOf(filePath, signal);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const generation =
        ifAbsent === true ? 0 : ((await findMetadata(bucket, key, options))?.generation ?? 0);
      const outcome = await tryUpload(options, checksum, generation);
      if (outcome !== 'overtaken') return outcome;
      if (ifAbsent === true) throw existsError();
    }
  } catch (thrown) {
    signal?.throwIfAborted();
    throw gcsError(thrown);
  }
  throw storageError('STORAGE_FAILED', 'Storage could not be written: others keep replacing the file.', {
    details: { key },
  });
}

/** One upload; `overtaken` where the generation is another by now. */
async function tryUpload(
  options: UploadOptions,
  checksum: FileChecksum,
  generation: number | string,
): Promise<FileMetadata | 'overtaken'> {
  const { bucket, key, signal } = options;
  const uploadId = randomUUID();
  try {
    return await sendFile(options, checksum, generation, uploadId);
  } catch (thrown) {
    signal?.throwIfAborted();
    if (isRefusal(thrown)) throw thrown;
    // The answer may have been lost, not the upload: then the object is ours.
    const found = await findMetadata(bucket, key, options).catch(() => null);
    if (found?.metadata?.[UPLOAD_ID] === uploadId) return found;
    if (isPreconditionFailure(thrown)) return 'overtaken';
    throw thrown;
  }
}

function isRefusal(thrown: unknown): boolean {
  return [400, 401, 403].includes(statusOf(thrown) ?? 0);
}

async function sendFile(
  { bucket, filePath, key, contentType, cacheControl, idleMs, chunkBytes, signal }: UploadOptions,
  { sizeBytes, crc32c }: FileChecksum,
  generation: number | string,
  uploadId: string,
): Promise<FileMetadata> {
  const file = bucket.file(key);
  const isEmpty = sizeBytes === 0;
  const target = file.createWriteStream({
    resumable: !isEmpty,
    chunkSize: chunkBytes ?? DEFAULT_CHUNK_BYTES,
    preconditionOpts: { ifGenerationMatch: generation },
    // The bucket compares. On a difference the client would delete the object, whoever's it is by then.
    validation: false,
    metadata: {
      contentType,
      ...(cacheControl === undefined ? {} : { cacheControl }),
      ...(isEmpty ? {} : { contentLength: sizeBytes }),
      crc32c,
      metadata: { [UPLOAD_ID]: uploadId },
    },
  });
  const watch = watchForStall(idleMs, signal);
  target.on('progress', watch.touch).on('uri', watch.touch);
  try {
    await pipeline(createReadStream(filePath), target, { signal: watch.signal });
  } catch (thrown) {
    throw watch.signal.aborted ? watch.signal.reason : thrown;
  } finally {
    watch.end();
  }
  return file.metadata;
}
