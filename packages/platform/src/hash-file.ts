import { createHash } from 'node:crypto';
import { createReadStream, type PathLike } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 of a file's bytes, in hexadecimal: the file's identity wherever it lies. */
export async function hashFile(path: PathLike, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, signal === undefined ? {} : { signal });
  return hash.digest('hex');
}
