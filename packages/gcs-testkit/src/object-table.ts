import { createHash } from 'node:crypto';
import { invalid, noBucket, noObject, preconditionFailed, updatedTooOften } from './api-error.ts';
import { crc32c } from './crc32c.ts';

/** What a writer says of an object, as the JSON API's object resource has it. */
export interface ObjectMetadata {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly crc32c?: string;
  readonly md5Hash?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface StoredObject {
  readonly name: string;
  readonly bytes: Buffer;
  readonly generation: number;
  readonly metageneration: number;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  readonly crc32c: string;
  readonly md5Hash: string;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly timeCreated: Date;
}

export interface Write {
  readonly bucket: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly metadata: ObjectMetadata;
  readonly query: URLSearchParams;
}

/** Buckets without versioning: a new generation replaces the live one, and the old one is gone. */
export class ObjectTable {
  readonly #buckets = new Map<string, Map<string, StoredObject>>();
  readonly #mutatedAt = new Map<string, number>();
  readonly #updateIntervalMs: number;
  #lastGeneration = 1_700_000_000_000_000;
  /** Writes that took effect, by `bucket/name`. */
  readonly writeCounts = new Map<string, number>();

  constructor(buckets: readonly string[], updateIntervalMs: number) {
    for (const bucket of buckets) this.#buckets.set(bucket, new Map());
    this.#updateIntervalMs = updateIntervalMs;
  }

  objectsOf(bucket: string): Map<string, StoredObject> {
    const objects = this.#buckets.get(bucket);
    if (objects === undefined) throw noBucket();
    return objects;
  }

  /** Puts objects back as they were; new ones get later generations. Buckets that are not there are left out. */
  restore(bucket: string, objects: readonly StoredObject[]): void {
    for (const object of objects) {
      this.#buckets.get(bucket)?.set(object.name, object);
      this.#lastGeneration = Math.max(this.#lastGeneration, object.generation);
    }
  }

  get(bucket: string, name: string, query = new URLSearchParams()): StoredObject {
    const object = this.objectsOf(bucket).get(name);
    const generation = query.get('generation');
    if (object === undefined || (generation !== null && Number(generation) !== object.generation))
      throw noObject(bucket, name);
    checkPreconditions(object, query);
    return object;
  }

  /** Only whole content of the declared checksums becomes an object. */
  put({ bucket, name, bytes, metadata, query }: Write): StoredObject {
    const objects = this.objectsOf(bucket);
    this.checkWritePreconditions(bucket, name, query);
    const sums = { crc32c: crc32c(bytes), md5Hash: md5Of(bytes) };
    checkSum('CRC32C', metadata.crc32c, sums.crc32c);
    checkSum('MD5 hash', metadata.md5Hash, sums.md5Hash);
    this.#limitRate(bucket, name);
    this.#lastGeneration += 1;
    const object: StoredObject = {
      name,
      bytes,
      generation: this.#lastGeneration,
      metageneration: 1,
      contentType: metadata.contentType ?? 'application/octet-stream',
      cacheControl: metadata.cacheControl,
      ...sums,
      metadata: metadata.metadata,
      timeCreated: new Date(),
    };
    objects.set(name, object);
    const place = `${bucket}/${name}`;
    this.writeCounts.set(place, (this.writeCounts.get(place) ?? 0) + 1);
    return object;
  }

  remove(bucket: string, name: string, query: URLSearchParams): void {
    this.get(bucket, name, query);
    this.#limitRate(bucket, name);
    this.objectsOf(bucket).delete(name);
  }

  checkWritePreconditions(bucket: string, name: string, query: URLSearchParams): void {
    checkPreconditions(this.objectsOf(bucket).get(name), query);
  }

  /** One object takes about one update a second (cloud.google.com/storage/quotas). */
  #limitRate(bucket: string, name: string): void {
    const place = `${bucket}/${name}`;
    const now = performance.now();
    if (now - (this.#mutatedAt.get(place) ?? Number.NEGATIVE_INFINITY) < this.#updateIntervalMs)
      throw updatedTooOften(bucket, name);
    this.#mutatedAt.set(place, now);
  }
}

function checkPreconditions(object: StoredObject | undefined, query: URLSearchParams): void {
  const is = (name: string, actual: number) => query.get(name) === null || Number(query.get(name)) === actual;
  const isNot = (name: string, actual: number) =>
    query.get(name) === null || Number(query.get(name)) !== actual;
  const holds =
    is('ifGenerationMatch', object?.generation ?? 0) &&
    isNot('ifGenerationNotMatch', object?.generation ?? 0) &&
    is('ifMetagenerationMatch', object?.metageneration ?? 0) &&
    isNot('ifMetagenerationNotMatch', object?.metageneration ?? 0);
  if (!holds) throw preconditionFailed();
}

function checkSum(kind: string, declared: string | undefined, actual: string): void {
  if (declared !== undefined && declared !== actual)
    throw invalid(`Provided ${kind} "${declared}" doesn't match calculated ${kind} "${actual}".`);
}

function md5Of(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}
