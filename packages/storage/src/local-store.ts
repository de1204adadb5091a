import { createReadStream, type Stats } from 'node:fs';
import {
  chmod,
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, toError } from '@bachata-buddy/platform';
import { storageError } from './errors.ts';
import { checkObjectKey } from './object-key.ts';
import type { ObjectFacts, ObjectStore, PutOptions } from './object-store.ts';
import { partPathBeside, removeAbandonedParts } from './part-files.ts';
import { fileError, notFoundError } from './storage-error.ts';

const OWNER_READS_AND_WRITES = 0o600;

export interface LocalStoreOptions {
  /** Folder that holds the objects; made when the first one is stored. */
  readonly rootDirectory: string;
}

/**
 * An {@link ObjectStore} in a folder. Symbolic links that lead out of the folder are not followed; of one that is
 * removed, what it leads to stays.
 */
export function makeLocalStore({ rootDirectory }: LocalStoreOptions): ObjectStore {
  const root = resolve(rootDirectory);

  /** The object's path, after links: null where there is no such file inside the root. */
  async function findPath(key: string): Promise<{ path: string; facts: Stats } | null> {
    try {
      const path = await realpath(join(root, checkObjectKey(key)));
      const facts = await stat(path);
      const isInside = path.startsWith((await realpath(root)) + sep);
      return isInside && facts.isFile() ? { path, facts } : null;
    } catch (thrown) {
      if (isAbsence(thrown)) return null;
      throw toStorageError(thrown);
    }
  }

  async function getPath(key: string): Promise<{ path: string; facts: Stats }> {
    const found = await findPath(key);
    if (found === null) throw notFoundError(key);
    return found;
  }

  const tidied = new Set<string>();

  /** Removes what killed writers have left in a folder, once. Where that fails, a file may be stored all the same. */
  async function tidyOnce(directory: string): Promise<void> {
    if (tidied.has(directory)) return;
    tidied.add(directory);
    await removeAbandonedParts(directory).catch((thrown: unknown) => {
      process.emitWarning(
        `Half-written files stay in the storage folder: ${toError(thrown).message}`,
        'StorageWarning',
      );
    });
  }

  return {
    async stat(key) {
      const found = await findPath(key);
      return found === null ? null : factsOf(found.facts);
    },
    async openRead(key, range = {}): Promise<Readable> {
      const { path } = await getPath(key);
      return createReadStream(path, range);
    },
    async fetchToFile(key, filePath) {
      const { path, facts } = await getPath(key);
      await copyFile(path, filePath, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch(rethrow);
      return factsOf(facts);
    },
    async putFile(filePath, key, options) {
      const target = join(root, checkObjectKey(key));
      await mkdir(dirname(target), { recursive: true }).catch(rethrow);
      await assertInside(root, dirname(target));
      await tidyOnce(dirname(target));
      return storeWhole(filePath, target, options);
    },
    async remove(key) {
      if ((await findPath(key)) === null) return;
      // By its own name: what a link leads to is an object of its own.
      const path = join(root, key);
      if (await isInside(root, dirname(path)).catch(rethrow)) await rm(path, { force: true }).catch(rethrow);
    },
    async assertReachable(key) {
      const directory = dirname(join(root, checkObjectKey(key)));
      const names = await readdir(directory).catch(rethrow);
      if (!(await isInside(root, directory))) throw unreachable('leads elsewhere');
      // What a volume that is not mounted leaves behind is an empty folder.
      if (directory === root && names.length === 0) throw unreachable('is empty');
    },
    async localPath(key) {
      return (await getPath(key)).path;
    },
    async signedUrl(key) {
      checkObjectKey(key);
      return null;
    },
  };
}

/** Brings it next to the target, forces it to the disk, then renames: a reader sees all of it or none. */
async function storeWhole(filePath: string, target: string, options: PutOptions): Promise<ObjectFacts> {
  const temporary = partPathBeside(target);
  try {
    await bringBeside(filePath, temporary, options.takesOver === true);
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
    options.signal?.throwIfAborted();
    // link() fails where the name is taken, which makes "only if absent" atomic; rename() replaces.
    if (options.ifAbsent === true) await link(temporary, target);
    else await rename(temporary, target);
    return factsOf(await stat(target));
  } catch (thrown) {
    throw toStorageError(thrown);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A second name for a file that is taken over; a copy of any other, and of one on another disk. */
async function bringBeside(filePath: string, temporary: string, takesOver: boolean): Promise<void> {
  const isLinked =
    takesOver &&
    (await link(filePath, temporary).then(
      () => true,
      () => false,
    ));
  if (!isLinked) await copyFile(filePath, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  // What is read-only elsewhere is the store's own here.
  await chmod(temporary, (await stat(temporary)).mode | OWNER_READS_AND_WRITES);
}

async function assertInside(root: string, directory: string): Promise<void> {
  if (await isInside(root, directory)) return;
  throw storageError('STORAGE_KEY_INVALID', 'The storage key is not valid.');
}

/** Whether a folder, after links, is the root or in it. */
async function isInside(root: string, directory: string): Promise<boolean> {
  const realRoot = await realpath(root);
  const real = await realpath(directory);
  return real === realRoot || real.startsWith(realRoot + sep);
}

function unreachable(problem: string): AppError {
  return storageError('STORAGE_REFUSED', `The storage folder ${problem}.`);
}

function factsOf(facts: Stats): ObjectFacts {
  return {
    sizeBytes: facts.size,
    etag: `${facts.size.toString(16)}-${Math.round(facts.mtimeMs * 1000).toString(16)}`,
    updatedAt: facts.mtime,
    crc32c: null,
  };
}

function isAbsence(thrown: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoOf(thrown));
}

function errnoOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException | undefined)?.code ?? '';
}

function rethrow(thrown: unknown): never {
  throw toStorageError(thrown);
}

function toStorageError(thrown: unknown): Error {
  const isKnown = thrown instanceof AppError || (thrown as Error | undefined)?.name === 'AbortError';
  return isKnown ? (thrown as Error) : fileError(thrown);
}
