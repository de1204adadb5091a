import { createReadStream } from 'node:fs';
import { CRC32C } from '@google-cloud/storage';

export interface FileChecksum {
  readonly sizeBytes: number;
  /** CRC-32C, base64, as Cloud Storage writes it. */
  readonly crc32c: string;
}

/** Reads a file once through. @throws the file system's errors */
export async function checksumOf(filePath: string, signal?: AbortSignal): Promise<FileChecksum> {
  const crc = new CRC32C();
  let sizeBytes = 0;
  for await (const chunk of createReadStream(filePath, signal === undefined ? {} : { signal })) {
    crc.update(chunk as Buffer);
    sizeBytes += (chunk as Buffer).length;
  }
  return { sizeBytes, crc32c: crc.toString() };
}
