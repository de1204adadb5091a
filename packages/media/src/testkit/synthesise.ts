import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { access, copyFile, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { findMediaTools } from '../find-media-tools.ts';
import { runFfmpeg } from '../run-ffmpeg.ts';

/** Far above what any of them takes on a busy machine. */
const TIMEOUT_MS = 60_000;

const made = new Map<string, Promise<string>>();
let ownFolder: string | undefined;

/**
 * Has ffmpeg make a file out of nothing but words (`-f lavfi`), once in a run of the tests: whoever asks for the same again gets
 * a copy, which is theirs to change. The container follows the path's ending.
 *
 * What is made lies in the folder `TEST_MEDIA`, else in one that goes with this process.
 *
 * @param args everything but the output; no file may be read
 */
export async function synthesise(path: string, args: readonly string[]): Promise<void> {
  const { ffmpegPath } = await findMediaTools();
  const ending = extname(path);
  const key = createHash('sha256')
    .update(JSON.stringify([ffmpegPath, ending, args]))
    .digest('hex');
  const making = made.get(key) ?? make(`${key.slice(0, 32)}${ending}`, args);
  made.set(key, making);
  await copyFile(await making, path);
}

async function make(name: string, args: readonly string[]): Promise<string> {
  const folder = await keptFolder();
  const path = join(folder, name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  // Another process may make the same: each its own, and the last one stays.
  const draft = join(folder, `draft-${randomUUID()}-${name}`);
  await runFfmpeg({ tools: await findMediaTools(), args: [...args, draft], timeoutMs: TIMEOUT_MS });
  await rename(draft, path);
  return path;
}

async function keptFolder(): Promise<string> {
  const { TEST_MEDIA = '' } = process.env;
  if (TEST_MEDIA !== '') {
    await mkdir(TEST_MEDIA, { recursive: true });
    return TEST_MEDIA;
  }
  ownFolder ??= makeOwnFolder();
  return ownFolder;
}

function makeOwnFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bachata-test-media-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
