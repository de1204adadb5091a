import type { StoredObject } from './object-table.ts';

/** An object as the JSON API shows it: 64-bit numbers as text. */
export function objectResource(origin: string, bucket: string, object: StoredObject) {
  const { name, generation, metageneration, contentType, cacheControl, metadata } = object;
  const path = `b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(name)}`;
  return {
    kind: 'storage#object',
    id: `${bucket}/${name}/${generation}`,
    selfLink: `${origin}/storage/v1/${path}`,
    mediaLink: `${origin}/download/storage/v1/${path}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation: String(generation),
    metageneration: String(metageneration),
    contentType,
    cacheControl,
    metadata,
    storageClass: 'STANDARD',
    size: String(object.bytes.length),
    md5Hash: object.md5Hash,
    crc32c: object.crc32c,
    etag: Buffer.from(`${generation}/${metageneration}`).toString('base64'),
    timeCreated: object.timeCreated.toISOString(),
    updated: object.timeCreated.toISOString(),
  };
}

/** The headers of a download. */
export function mediaHeaders(object: StoredObject): Record<string, string> {
  return {
    'content-type': object.contentType,
    'cache-control': object.cacheControl ?? 'private, max-age=0',
    'accept-ranges': 'bytes',
    etag: Buffer.from(`${object.generation}/${object.metageneration}`).toString('base64'),
    'x-goog-generation': String(object.generation),
    'x-goog-metageneration': String(object.metageneration),
    'x-goog-hash': `crc32c=${object.crc32c},md5=${object.md5Hash}`,
    'x-goog-stored-content-encoding': 'identity',
    'x-goog-stored-content-length': String(object.bytes.length),
  };
}
