import { constants } from 'node:fs';
import { chmod, copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, withScratchDirectory } from '@bachata-buddy/platform';
import { ingestError } from '../errors.ts';
import { rethrowSourceFault, sourceFault } from './source-fault.ts';

const OWNER_READS_AND_WRITES = 0o600;

export interface SourceFile {
  readonly path: Buffer;
  readonly signal?: AbortSignal | undefined;
}

/**
 * SHA-256 of a file that somebody brings, hexadecimal.
 *
 * @throws AppError `INGEST_FILE` where it is no file, is empty or cannot be read
 */
export async function hashSource({ path, signal }: SourceFile): Promise<string> {
  const facts = await stat(path).catch(rethrowSourceFault);
  // A pipe or a device would never end.
  if (!facts.isFile()) throw sourceFault('it is not a file');
  if (facts.size === 0) throw sourceFault('the file is empty');
  return hashFile(path, signal).catch(rethrowSourceFault);
}

/**
 * Lets work have a copy of a source that stays as it is, has a plain name and is its own to keep: whatever becomes of the
 * source meanwhile, what is measured of it and what is stored are one file.
 *
 * @param contentHash as `hashSource` found it
 * @throws AppError `INGEST_FILE` where the source cannot be read, or has changed since it was hashed
 */
export function withCopy<Result>(
  { path, signal }: SourceFile,
  contentHash: string,
  work: (copyPath: string) => Promise<Result>,
): Promise<Result> {
  return withScratchDirectory({ purpose: 'ingest' }, async (directory) => {
    const copyPath = join(directory, 'source');
    await copyFile(path, copyPath, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch(rethrowFault);
    // A copy is as read-only as what it is made of.
    await chmod(copyPath, (await stat(copyPath)).mode | OWNER_READS_AND_WRITES);
    if ((await hashFile(copyPath, signal)) !== contentHash) throw sourceFault('it changed while it was read');
    return work(copyPath);
  });
}

function rethrowFault(thrown: unknown): never {
  if (!['ENOSPC', 'EDQUOT'].includes((thrown as NodeJS.ErrnoException).code ?? ''))
    rethrowSourceFault(thrown);
  throw ingestError('INGEST_NO_ROOM', 'The folder for temporary files is full.', { cause: thrown });
}
