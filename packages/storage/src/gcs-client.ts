import { type Bucket, type FileMetadata, IdempotencyStrategy, Storage } from '@google-cloud/storage';
import { isAbsence, isPassing } from './gcs-errors.ts';
import { withinTime } from './stall-watch.ts';

export interface GcsRetries {
  /** Tries after the first one. */
  readonly count: number;
  /** Pauses double from a second up to this; at least 1. */
  readonly maxDelaySec: number;
}

export interface GcsClientOptions {
  readonly bucketName: string;
  /** Another address of the API. */
  readonly apiEndpoint?: string | undefined;
  /** Of the bucket; default what the credentials say. */
  readonly projectId?: string | undefined;
  /** An account's key; default the machine's own (application default credentials). */
  readonly credentials?: { readonly client_email: string; readonly private_key: string } | undefined;
  readonly retries: GcsRetries;
}

/**
 * The bucket, with Google's retry strategy: what passes is tried again with growing pauses, and only requests
 * that may be repeated, which for a change means one with a generation precondition.
 */
export function openBucket({
  bucketName,
  apiEndpoint,
  projectId,
  credentials,
  retries,
}: GcsClientOptions): Bucket {
  const storage = new Storage({
    ...(apiEndpoint === undefined ? {} : endpointOptions(apiEndpoint)),
    ...(projectId === undefined ? {} : { projectId }),
    ...(credentials === undefined ? {} : { credentials }),
    retryOptions: {
      autoRetry: true,
      maxRetries: retries.count,
      maxRetryDelay: retries.maxDelaySec,
      retryDelayMultiplier: 2,
      totalTimeout: 120,
      idempotencyStrategy: IdempotencyStrategy.RetryConditional,
      retryableErrorFn: isPassing,
    },
  });
  return storage.bucket(bucketName);
}

/** Resumable uploads carry credentials only to hosts of the client's universe, whatever the other option says. */
function endpointOptions(apiEndpoint: string) {
  return {
    apiEndpoint,
    useAuthWithCustomEndpoint: true,
    universeDomain: new URL(apiEndpoint).hostname,
  };
}

export interface FindOptions {
  readonly idleMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the bucket knows of an object; null where there is none. @throws the client's errors */
export async function findMetadata(
  bucket: Bucket,
  key: string,
  { idleMs, signal }: FindOptions,
): Promise<FileMetadata | null> {
  try {
    const [metadata] = await withinTime(idleMs, signal, bucket.file(key).getMetadata());
    return metadata;
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw thrown;
  }
}
