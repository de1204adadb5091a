import { copyFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import {
  BlueprintError,
  parseBlueprint,
  type ResolvedBlueprint,
  resolveBlueprint,
} from '@bachata-buddy/blueprint';
import { locateMediaTools } from '@bachata-buddy/media';
import {
  makeProgressLine,
  parseCommandLine,
  prepareAskedFile,
  runCommand,
  systemReason,
  toError,
  usageError,
  withScratchDirectory,
  writeAsked,
} from '@bachata-buddy/platform';
import { makeLocalStore, openObjectStore } from '@bachata-buddy/storage';
import { extraKeys } from '@bachata-buddy/vocabulary';
import { type AssembledVideo, type AssembleOptions, assembleVideo, planVideo } from './assemble.ts';
import { KEPT_DIRECTORY, type RenderConfig, readRenderConfig } from './config.ts';
import { describePlan } from './describe-plan.ts';
import { jobError } from './errors.ts';
import { makeExtras } from './extras/make-extras.ts';

const HELP = `
Usage: pnpm render FILE --out OUT.mp4 [--media DIR]
       pnpm render FILE --plan [--json] [--media DIR]

Renders a blueprint (JSON) without a database. What it has to encode it keeps for the next time. What belongs to a video
(captions, chapters, thumbnails, a poster: where document and clips have what it takes) is written beside it.

  FILE         the blueprint; - reads it from standard input
  --out FILE   where to write the video; OUT.vtt, OUT.chapters.vtt, OUT.thumbnails.vtt and OUT.jpg come beside it
  --plan       say what would be copied and what encoded, and when it would be shown, and write nothing
  --json       the plan as JSON; times in ticks of 1/90000 s
  --media DIR  folder that holds the clips and songs the blueprint names; default: as STORAGE and LOCAL_STORAGE_PATH
               or GCS_BUCKET_NAME say (.data/media)
  --help       this text

The environment may set RENDER_CONCURRENCY, RENDER_SIZE (1280x720), RENDER_CACHE_DIR (${KEPT_DIRECTORY}),
RENDER_CACHE_MAX_MB, JOB_TEMP_DIR, FFMPEG_PATH and FFPROBE_PATH.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: {
      out: { type: 'string' },
      media: { type: 'string' },
      plan: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    maxPositionals: 1,
    args: process.argv.slice(2),
  });
  const [file] = positionals;
  const { out, media, plan: isPlanning = false, json: isJson = false } = values;
  if (file === undefined || (out === undefined) !== isPlanning) {
    throw usageError('One FILE and either --out or --plan are needed. See --help.');
  }
  const config = readRenderConfig();
  const blueprint = await readBlueprint(file);
  if (media !== undefined) await requireFolder(media);
  const outPath = out === undefined ? undefined : await prepareOutput(out);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const store =
    media === undefined ? await openObjectStore(config.storage) : makeLocalStore({ rootDirectory: media });
  const scratch = { purpose: 'render', parent: config.tempDirectory };
  await withScratchDirectory(scratch, async (directory) => {
    const work = { tools: await locateMediaTools(), store, blueprint, directory, signal: stop.signal };
    if (outPath === undefined) await printPlan({ ...work, size: config.size }, isJson);
    else await renderTo(outPath, work, config);
  });
  return 0;
}

/** The video, and what comes beside it: a path that would fail after the render is refused before it. */
async function prepareOutput(out: string): Promise<string> {
  const outPath = await prepareAskedFile(out, { isReplaced: true });
  for (const name of Object.values(extraKeys(basename(outPath)))) {
    await prepareAskedFile(join(dirname(outPath), name), { isReplaced: true });
  }
  return outPath;
}

type Work = Pick<AssembleOptions, 'tools' | 'store' | 'blueprint' | 'directory' | 'signal'>;

async function renderTo(outPath: string, work: Work, config: RenderConfig): Promise<void> {
  const progress = makeProgressLine('Rendering');
  const video = await assembleVideo({
    ...work,
    size: config.size,
    concurrency: config.concurrency,
    kept: config.openKept(work.store),
    onProgress: (fraction) => progress.show(fraction, `${work.blueprint.moves.length} moves`),
  });
  // The video comes last: whoever sees it may count on what belongs to it.
  await writeExtras(outPath, work, video);
  await moveIntoPlace(video.path, outPath);
  progress.end();
  const facts = `${video.durationSec.toFixed(2)} s, ${(video.sizeBytes / 1_000_000).toFixed(1)} MB`;
  process.stdout.write(`${outPath}  (${facts})\n`);
}

async function writeExtras(outPath: string, work: Work, video: AssembledVideo): Promise<void> {
  const { clips, posterPath } = video;
  const folder = dirname(outPath);
  const names = extraKeys(basename(outPath));
  await makeExtras({
    ...work,
    clips,
    posterPath,
    names,
    placeOf: async (key) => {
      const path = await work.store.localPath(key);
      return path === null ? null : relative(folder, path).split(sep).join('/');
    },
    put: (kind, path) => moveIntoPlace(path, join(folder, names[kind])),
  });
}

/** In a folder that is not there, it would be the first clip that is missing. */
async function requireFolder(directory: string): Promise<void> {
  const isFolder = await stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw usageError(`${directory} is not a folder that can be read.`);
}

async function printPlan(work: Work & Pick<AssembleOptions, 'size'>, isJson: boolean): Promise<void> {
  const plan = await planVideo(work);
  process.stdout.write(isJson ? toJson(plan) : describePlan(plan));
}

/** Typed arrays as lists. */
function toJson(plan: unknown): string {
  const lists = (_: string, value: unknown): unknown => (value instanceof Uint32Array ? [...value] : value);
  return `${JSON.stringify(plan, lists, 2)}\n`;
}

async function readBlueprint(file: string): Promise<ResolvedBlueprint> {
  try {
    const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
    return resolveBlueprint(parseBlueprint(text));
  } catch (thrown) {
    if (thrown instanceof BlueprintError) {
      throw jobError('BLUEPRINT_INVALID', thrown.message, { cause: thrown });
    }
    const name = file === '-' ? 'Standard input' : file;
    const reason = systemReason(thrown) ?? toError(thrown).message;
    throw usageError(`${name} cannot be read: ${reason}.`, thrown);
  }
}

/** Whole or not at all, also where the temporary folder is on another disk. */
async function moveIntoPlace(path: string, outPath: string): Promise<void> {
  const beside = join(dirname(outPath), `.${basename(outPath)}.${process.pid}.part`);
  await writeAsked(outPath, async () => {
    try {
      await copyFile(path, beside);
      await rename(beside, outPath);
    } finally {
      await rm(beside, { force: true });
    }
  });
}

await runCommand(main);
