import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { companionKeys } from '@bachata-buddy/media';
import { DEMO_LIBRARY_VERSION, type DemoFile } from './library-content.ts';

const LIBRARY_FILE = 'demo-library.json';
/** Lists the finished files of a library that is not whole yet. */
const PROGRESS_FILE = 'demo-library.progress.json';
const TEMPORARY_ENDING = '.part';
/** A temporary file that nobody has written to for this long belongs to a run that was killed. */
const ABANDONED_AFTER_MS = 10 * 60_000;

/** Finished files by their path below the library's directory. */
export type FinishedFiles = Map<string, DemoFile>;

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

async function readRecord(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  } catch (thrown) {
    // A record that cannot be read lists nothing: the files are made again.
    if (isMissing(thrown) || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

interface RecordedFile extends DemoFile {
  readonly path: string;
}

function isRecordedFile(value: unknown): value is RecordedFile {
  const file = value as Partial<RecordedFile> | null;
  return (
    typeof file?.path === 'string' && typeof file.sha256 === 'string' && typeof file.sizeBytes === 'number'
  );
}

/** A clip is whole with its poster and its thumbnail sheet, which have no record of their own. */
async function isWhole(directory: string, file: RecordedFile): Promise<boolean> {
  const companions = file.path.endsWith('.mp4') ? Object.values(companionKeys(file.path)) : [];
  try {
    await Promise.all(companions.map((path) => stat(join(directory, path))));
    return (await stat(join(directory, file.path))).size === file.sizeBytes;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}

/** The files of this version that are recorded as finished and still lie there in full length. */
export async function loadFinishedFiles(directory: string): Promise<FinishedFiles> {
  const finished: FinishedFiles = new Map();
  for (const name of [LIBRARY_FILE, PROGRESS_FILE]) {
    const record = await readRecord(join(directory, name));
    if (record?.version !== DEMO_LIBRARY_VERSION) continue;
    const lists = [record.songs, record.moves, record.files].filter(Array.isArray);
    for (const file of lists.flat()) {
      if (!isRecordedFile(file) || !(await isWhole(directory, file))) continue;
      finished.set(file.path, { sha256: file.sha256, sizeBytes: file.sizeBytes });
    }
  }
  return finished;
}

/** Writes a file under a temporary name beside it and renames it when it is complete. */
export async function writeAtomically(
  filePath: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(filePath), { recursive: true });
  const temporaryPath = `${filePath}.${randomUUID()}${TEMPORARY_ENDING}`;
  try {
    await write(temporaryPath);
    await rename(temporaryPath, filePath);
  } finally {
    await rm(temporaryPath, { force: true });
  }
}

async function saveJson(filePath: string, content: unknown): Promise<void> {
  await writeAtomically(filePath, (path) => writeFile(path, `${JSON.stringify(content, null, 1)}\n`));
}

export async function saveProgress(directory: string, finished: FinishedFiles): Promise<void> {
  const files = [...finished].map(([path, file]) => ({ path, ...file }));
  await saveJson(join(directory, PROGRESS_FILE), { version: DEMO_LIBRARY_VERSION, files });
}

export interface LibraryDocument {
  readonly version: number;
  readonly songs: readonly object[];
  readonly moves: readonly object[];
}

/** Writes the library's own description, which ends the making of it. */
export async function saveLibrary(directory: string, document: LibraryDocument): Promise<void> {
  await saveJson(join(directory, LIBRARY_FILE), document);
  await rm(join(directory, PROGRESS_FILE), { force: true });
}

/** Removes what killed runs have left behind. */
export async function removeAbandonedFiles(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith(TEMPORARY_ENDING)) continue;
    const path = join(entry.parentPath, entry.name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

export async function describeFile(filePath: string): Promise<DemoFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(filePath), hash);
  return { sha256: hash.digest('hex'), sizeBytes: (await stat(filePath)).size };
}
