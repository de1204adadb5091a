import { PassThrough, type Readable } from 'node:stream';
import type { Bucket, FileMetadata } from '@google-cloud/storage';
import { findMetadata, type GcsClientOptions, type GcsRetries, openBucket } from './gcs-client.ts';
import { downloadFile } from './gcs-download.ts';
import { gcsError, isPreconditionFailure } from './gcs-errors.ts';
import { openMedia, retryPassing } from './gcs-media.ts';
import { uploadFile } from './gcs-upload.ts';
import { checkObjectKey } from './object-key.ts';
import type { ObjectFacts, ObjectStore } from './object-store.ts';
import { withinTime } from './stall-watch.ts';
import { notFoundError } from './storage-error.ts';

export interface GcsStoreOptions extends Omit<GcsClientOptions, 'retries'> {
  /** Default four more tries, pauses up to 8 s. */
  readonly retries?: GcsRetries;
  /** How long nothing may move before a request counts as failed; default 60 s. */
  readonly idleMs?: number;
  /** Size of an upload's parts, a multiple of 256 KiB; default 8 MiB. */
  readonly chunkBytes?: number;
}

const DEFAULT_RETRIES: GcsRetries = { count: 4, maxDelaySec: 8 };
const DEFAULT_IDLE_MS = 60_000;
const MAX_REMOVALS = 5;

/** An {@link ObjectStore} in a bucket of Google Cloud Storage. */
export function makeGcsStore(options: GcsStoreOptions): ObjectStore {
  const { retries = DEFAULT_RETRIES, idleMs = DEFAULT_IDLE_MS, chunkBytes } = options;
  const bucket = openBucket({ ...options, retries });
  const find = (key: string) => findMetadata(bucket, checkObjectKey(key), { idleMs }).catch(rethrow);
  return {
    async stat(key) {
      const metadata = await find(key);
      return metadata === null ? null : factsOf(metadata);
    },
    async openRead(key, range = {}): Promise<Readable> {
      const metadata = await find(key);
      if (metadata === null) throw notFoundError(key);
      const { generation } = metadata;
      const open = () => withinTime(idleMs, undefined, openMedia({ bucket, key, generation, range }));
      return toReadable(await retryPassing(retries, undefined, open));
    },
    async fetchToFile(key, filePath, { signal } = {}) {
      return factsOf(
        await downloadFile({ bucket, key: checkObjectKey(key), filePath, idleMs, retries, signal }),
      );
    },
    async putFile(filePath, key, putOptions) {
      const place = { bucket, filePath, key: checkObjectKey(key), idleMs, chunkBytes };
      return factsOf(await uploadFile({ ...putOptions, ...place }));
    },
    async remove(key) {
      await removeObject(bucket, checkObjectKey(key), idleMs).catch(rethrow);
    },
    async assertReachable(key) {
      // Asking for an object fails where the bucket is not there; that the object is not is no failure.
      await find(key);
    },
    async localPath(key) {
      checkObjectKey(key);
      return null;
    },
    async signedUrl(key, expiresAt, contentDisposition) {
      const file = bucket.file(checkObjectKey(key));
      const signing = file.getSignedUrl({
        version: 'v4',
        action: 'read',
        expires: expiresAt,
        ...(contentDisposition === undefined ? {} : { responseDisposition: contentDisposition }),
      });
      const [url] = await withinTime(idleMs, undefined, signing).catch(rethrow);
      return url;
    },
  };
}

/** The stream's own failures, as AppErrors. */
function toReadable(source: Readable): Readable {
  const out = new PassThrough();
  source.once('error', (error) => out.destroy(gcsError(error)));
  out.once('close', () => source.destroy());
  return source.pipe(out);
}

/** Names the generation it removes, so that it may be repeated and never takes a newer object along. */
async function removeObject(bucket: Bucket, key: string, idleMs: number): Promise<void> {
  for (let round = 1; ; round += 1) {
    const metadata = await findMetadata(bucket, key, { idleMs });
    if (metadata?.generation === undefined) return;
    try {
      const precondition = { ifGenerationMatch: metadata.generation, ignoreNotFound: true };
      await withinTime(idleMs, undefined, bucket.file(key).delete(precondition));
      return;
    } catch (thrown) {
      if (!isPreconditionFailure(thrown) || round === MAX_REMOVALS) throw thrown;
    }
  }
}

function factsOf({ size, generation, updated, crc32c }: FileMetadata): ObjectFacts {
  const updatedAt = new Date(updated ?? 0);
  return { sizeBytes: Number(size), etag: String(generation), updatedAt, crc32c: crc32c ?? null };
}

function rethrow(thrown: unknown): never {
  throw gcsError(thrown);
}
