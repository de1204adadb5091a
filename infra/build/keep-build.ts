import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isAlive, toError } from '@bachata-buddy/platform';
import { infraError } from '../errors.ts';
import { ROOT_DIRECTORY } from '../paths.ts';
import { compile } from './compile.ts';
import { COMMON_INPUTS, freshBuild, type KeptBuild, manifestOf, placeOf, stateOf } from './kept-builds.mjs';

/** Who has found a build says within this time that it runs it. */
const CLAIM_DELAY_MS = 60_000;

/** Where a folder cannot be written; anything else is a failure. */
const UNWRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'];

/**
 * Programs compiled together and kept under a name; as they are where nothing of them has changed since. Several
 * processes may do so at once: each makes a build of its own, and the last one is the newest.
 */
export async function keepBuild(name: string, sources: readonly string[]): Promise<KeptBuild> {
  const absent = sources.find((source) => stateOf(source) === '');
  if (absent !== undefined) throw infraError('PROGRAM_UNKNOWN', `There is no program ${absent}.`);
  const fresh = freshBuild(name);
  if (fresh !== undefined && sources.every((source) => source in fresh.programs)) return fresh;
  const { directory, isKept } = await makeDirectory(name);
  const startedAt = Date.now();
  const { programs, leadsTo } = await compile({ root: ROOT_DIRECTORY, directory, sources }).catch(
    async (thrown) => {
      await rm(isKept ? directory : dirname(directory), { recursive: true, force: true });
      throw thrown;
    },
  );
  const states = await Promise.all(
    [...COMMON_INPUTS, ...Object.keys(leadsTo)].map((path) => stateBefore(path, startedAt)),
  );
  const { node } = process.versions;
  const inputs = Object.fromEntries(states);
  const build: KeptBuild = { directory, programs, inputs, leadsTo, node, isKept };
  await writeFile(manifestOf(directory), JSON.stringify(build));
  if (isKept) await announce(name, build);
  return build;
}

/** A new folder among those that are kept or, where nothing can be written there, among temporary files. */
async function makeDirectory(name: string): Promise<{ directory: string; isKept: boolean }> {
  const directory = join(placeOf(name).directory, `${Date.now()}-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(directory, { recursive: true });
    return { directory, isKept: true };
  } catch (thrown) {
    if (!UNWRITABLE.includes((thrown as NodeJS.ErrnoException).code ?? '')) throw toError(thrown);
    const temporary = await mkdtemp(join(tmpdir(), 'bachata-programs-'));
    return { directory: join(temporary, 'build'), isKept: false };
  }
}

/** What changed while it was read counts as changed. */
async function stateBefore(path: string, startedAt: number): Promise<[string, string]> {
  const state = stateOf(path);
  const changedAt = Number(state.split(' ')[0]);
  return [path, changedAt >= startedAt ? '' : state];
}

async function announce(name: string, { directory }: KeptBuild): Promise<void> {
  const draft = join(directory, 'newest.json');
  await copyFile(manifestOf(directory), draft);
  await rename(draft, placeOf(name).newestFile);
  await removeOthers(directory);
}

/** Builds that a newer one has replaced and that no process runs. */
async function removeOthers(newest: string): Promise<void> {
  const folder = dirname(newest);
  const others = (await readdir(folder)).map((name) => join(folder, name)).filter((path) => path !== newest);
  await Promise.all(
    others.map(async (path) => {
      // Another process may have removed it already.
      const stats = await stat(path).catch(() => undefined);
      if (stats === undefined || !stats.isDirectory() || Date.now() - stats.birthtimeMs < CLAIM_DELAY_MS)
        return;
      const running = await readdir(join(path, 'running')).catch(() => []);
      if (!running.some((pid) => isAlive(Number(pid)))) await rm(path, { recursive: true, force: true });
    }),
  );
}
