import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bucket, FileMetadata } from '@google-cloud/storage';
import type { GcsRetries } from './gcs-client.ts';
import { gcsError } from './gcs-errors.ts';
import { notFoundError } from './storage-error.ts';

const FIRST_DELAY_MS = 1_000;

export interface MediaOptions {
  readonly bucket: Bucket;
  readonly key: string;
  readonly generation: FileMetadata['generation'];
  /** Both ends inclusive. */
  readonly range?: { readonly start?: number; readonly end?: number };
  readonly signal?: AbortSignal | undefined;
}

/**
 * The content of one generation of an object, or a range of it. Asked for past the client: its own read stream
 * does not notice a connection that ends in the middle, and waits.
 *
 * @throws AppError `STORAGE_NOT_FOUND` where that generation is gone; errors for {@link gcsError}
 */
export async function openMedia({
  bucket,
  key,
  generation,
  range = {},
  signal,
}: MediaOptions): Promise<Readable> {
  const { storage } = bucket;
  const path = `b/${encodeURIComponent(bucket.name)}/o/${encodeURIComponent(key)}`;
  const query = new URLSearchParams({ alt: 'media', ...(generation && { generation: String(generation) }) });
  const isPart = range.start !== undefined || range.end !== undefined;
  const response = await fetch(`${storage.apiEndpoint}/storage/v1/${path}?${query}`, {
    headers: {
      ...(await storage.authClient.getRequestHeaders()),
      ...(isPart ? { range: `bytes=${range.start ?? 0}-${range.end ?? ''}` } : {}),
    },
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.ok && response.body !== null) return Readable.fromWeb(response.body);
  if (response.status === 404) throw notFoundError(key);
  throw Object.assign(new Error(await response.text()), { code: response.status });
}

/** Tries what may pass again, with doubling pauses. @throws AppError; the signal's reason */
export async function retryPassing<Result>(
  { count, maxDelaySec }: GcsRetries,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      signal?.throwIfAborted();
      const error = gcsError(thrown);
      if (attempt >= count || !error.retryable) throw error;
      const delayMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, maxDelaySec * 1_000);
      await sleep(delayMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
