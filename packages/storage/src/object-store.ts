import type { Readable } from 'node:stream';

export interface ObjectFacts {
  readonly sizeBytes: number;
  /** Changes whenever the content does; opaque. */
  readonly etag: string;
  readonly updatedAt: Date;
  /** CRC-32C of the content, base64; null where the store keeps none (a folder). */
  readonly crc32c: string | null;
}

export interface PutOptions {
  readonly contentType: string;
  readonly cacheControl?: string;
  /** Refuse to replace an object that is there. */
  readonly ifAbsent?: boolean;
  /** The file is the caller's own and is not written to any more: where a store can, it takes it over uncopied. */
  readonly takesOver?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where media lives: a local folder, or a bucket. Keys are relative POSIX paths (`songs/amor.mp3`), the same
 * in every store. An object is visible whole or not at all.
 *
 * Every method throws AppError: `STORAGE_KEY_INVALID` (hostile or malformed key), `STORAGE_NOT_FOUND`,
 * `STORAGE_EXISTS` (`ifAbsent`, and something is there), `STORAGE_FAILED` (retryable where a later try may work).
 */
export interface ObjectStore {
  /** Facts of an object, or null where there is none. */
  stat(key: string): Promise<ObjectFacts | null>;
  /** The object's bytes, or those of `start..end` (both inclusive, as in an HTTP range). */
  openRead(key: string, range?: { start?: number; end?: number }): Promise<Readable>;
  /** Copies an object into a file that does not exist yet. */
  fetchToFile(key: string, filePath: string, options?: FetchOptions): Promise<ObjectFacts>;
  /** Stores a file under a key. */
  putFile(filePath: string, key: string, options: PutOptions): Promise<ObjectFacts>;
  /** Removes an object; nothing happens where there is none. */
  remove(key: string): Promise<void>;
  /**
   * Does nothing where the place is there that holds the object, or would: the bucket, the very folder of the key.
   * So that an object which is gone can be told from one which cannot be seen now.
   *
   * @throws AppError `STORAGE_FAILED`
   */
  assertReachable(key: string): Promise<void>;
  /** A path where the object can be read in place, or null where the store is not on this machine. */
  localPath(key: string): Promise<string | null>;
  /**
   * An address where anybody may read the object until then (at most seven days ahead), whether it exists or
   * not; null where the store has no addresses.
   *
   * @param contentDisposition what the answer says of it, signed with the rest; default: what was stored with it
   */
  signedUrl(key: string, expiresAt: Date, contentDisposition?: string): Promise<string | null>;
}
