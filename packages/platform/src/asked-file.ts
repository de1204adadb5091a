import type { Stats } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { platformError, usageError } from './errors.ts';
import { systemReason } from './system-reason.ts';

export interface AskedFileOptions {
  /** The file takes the place of what is there, instead of being written into it: of a device nothing would be left. */
  readonly isReplaced?: boolean;
}

/**
 * Looks, before the work, whether a file that a command was asked for can be written; makes the folder that it goes into.
 *
 * @param path as it was given
 * @returns the absolute path
 * @throws AppError `USAGE` where no file can lie there, `FILE_NOT_WRITTEN` where the system refuses
 */
export async function prepareAskedFile(
  path: string,
  { isReplaced = false }: AskedFileOptions = {},
): Promise<string> {
  const place = resolve(path);
  const found = await statIfThere(place);
  if (found?.isDirectory() || /[\\/]$/.test(path)) {
    throw usageError(`${place} is a folder, not the name of a file.`);
  }
  if (isReplaced && found !== null && !found.isFile()) {
    throw usageError(`${place} is no regular file, and would be replaced by one.`);
  }
  if (found === null || isReplaced) await prepareAskedFolder(dirname(place));
  else await writeAsked(place, () => access(place, constants.W_OK));
  return place;
}

/** The same of a folder for several files. */
export async function prepareAskedFolder(path: string): Promise<string> {
  const place = resolve(path);
  const found = await statIfThere(place);
  if (found !== null && !found.isDirectory()) throw usageError(`${place} is no folder.`);
  await writeAsked(place, async () => {
    await mkdir(place, { recursive: true });
    await access(place, constants.W_OK);
  });
  return place;
}

/**
 * Does what writes what a command was asked for. What the system refuses then is nobody's bug: the disk is full, a folder
 * is gone.
 *
 * @throws AppError `FILE_NOT_WRITTEN`, and what else is thrown
 */
export async function writeAsked<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (thrown) {
    const reason = systemReason(thrown);
    if (reason === null) throw thrown;
    throw platformError('FILE_NOT_WRITTEN', `${path} cannot be written: ${reason}.`, { cause: thrown });
  }
}

function statIfThere(place: string): Promise<Stats | null> {
  return writeAsked(place, () =>
    stat(place).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null;
      throw thrown;
    }),
  );
}
