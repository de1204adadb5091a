import { createReadStream } from 'node:fs';
import { makeCrc32c } from './crc32c.ts';

export interface FileChecksum {
  readonly sizeBytes: number;
  /** CRC-32C, base64, as Cloud Storage writes it. */
  readonly crc32c: string;
}

/** Reads a file once through. @throws the file system's errors */
export async function checksumOf(filePath: string, signal?: AbortSignal): Promise<FileChecksum> {
  const crc = makeCrc32c();
  let sizeBytes = 0;
  for await (const chunk of createReadStream(filePath, signal === undefined ? {} : { signal })) {
    crc.update(chunk as Buffer);
    sizeBytes += (chunk as Buffer).length;
  }
  return { sizeBytes, crc32c: crc.toBase64() };
}
