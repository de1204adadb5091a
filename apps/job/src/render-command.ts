import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  BlueprintError,
  parseBlueprint,
  type ResolvedBlueprint,
  resolveBlueprint,
} from '@bachata-buddy/blueprint';
import { findMediaTools } from '@bachata-buddy/media';
import {
  AppError,
  makeProgressLine,
  parseCommandLine,
  runCommand,
  withScratchDirectory,
} from '@bachata-buddy/platform';
import { makeLocalStore, openObjectStore } from '@bachata-buddy/storage';
import { assembleVideo } from './assemble.ts';
import { readRenderConfig } from './config.ts';

const HELP = `
Usage: pnpm render FILE --out OUT.mp4 [--media DIR]

Renders a blueprint (JSON) without a database.

  FILE         the blueprint; - reads it from standard input
  --out FILE   where to write the video
  --media DIR  folder that holds the clips and songs the blueprint names; default: as STORAGE and LOCAL_STORAGE_PATH
               or GCS_BUCKET_NAME say (.data/media)
  --help       this text

The environment may set RENDER_CONCURRENCY, RENDER_SIZE (1280x720), RENDER_CACHE_DIR, RENDER_CACHE_MAX_MB,
JOB_TEMP_DIR, FFMPEG_PATH and FFPROBE_PATH.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { out: { type: 'string' }, media: { type: 'string' } },
    args: process.argv.slice(2),
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1 || values.out === undefined) {
    throw new AppError('One FILE and --out are needed. See --help.', { code: 'USAGE' });
  }
  const config = readRenderConfig(process.env);
  const blueprint = await readBlueprint(file);
  const outPath = resolve(values.out);
  const progress = makeProgressLine('Rendering');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const video = await withScratchDirectory(
    { purpose: 'render', parent: config.tempDirectory },
    async (directory) => {
      const made = await assembleVideo({
        tools: await findMediaTools(),
        store:
          values.media === undefined
            ? await openObjectStore(config.storage)
            : makeLocalStore({ rootDirectory: values.media }),
        blueprint,
        size: config.size,
        concurrency: config.concurrency,
        directory,
        kept: config.keptParts,
        signal: stop.signal,
        onProgress: (fraction) => progress.show(fraction, `${blueprint.moves.length} moves`),
      });
      await moveIntoPlace(made.path, outPath);
      return made;
    },
  );
  progress.end();
  const facts = `${video.durationSec.toFixed(2)} s, ${(video.sizeBytes / 1_000_000).toFixed(1)} MB`;
  process.stdout.write(`${outPath}  (${facts})\n`);
  return 0;
}

async function readBlueprint(file: string): Promise<ResolvedBlueprint> {
  try {
    const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
    return resolveBlueprint(parseBlueprint(text));
  } catch (thrown) {
    if (thrown instanceof BlueprintError) {
      throw new AppError(thrown.message, { code: 'BLUEPRINT_INVALID', cause: thrown });
    }
    throw new AppError(`The blueprint could not be read: ${basename(file)}`, {
      code: 'USAGE',
      cause: thrown,
    });
  }
}

/** Whole or not at all, also where the temporary folder is on another disk. */
async function moveIntoPlace(path: string, outPath: string): Promise<void> {
  await mkdir(dirname(outPath), { recursive: true });
  const beside = join(dirname(outPath), `.${basename(outPath)}.${process.pid}.part`);
  try {
    await copyFile(path, beside);
    await rename(beside, outPath);
  } finally {
    await rm(beside, { force: true });
  }
}

await runCommand(main);
