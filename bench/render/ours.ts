import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { companionKeys } from '@bachata-buddy/media';
import { buildApp } from '../../infra/build/build-app.ts';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';
import { type Command, measureCommand } from '../measure-command.ts';
import type { PeerOptions } from './peers.ts';
import { clipKeyOf, type Joins } from './workload.ts';

/** Where the built programs lie. */
export interface OurPrograms {
  readonly job: string;
  /** `pnpm render`, without pnpm. */
  readonly render: string;
}

/** Builds them as images hold them, and as the API starts the job. */
export async function buildOurs(directory: string): Promise<OurPrograms> {
  const programs = { main: 'apps/job/src/main.ts', 'render-command': 'apps/job/src/render-command.ts' };
  const app = { programs, files: {}, packages: {} };
  await buildApp({ app, root: ROOT_DIRECTORY, directory, packages: 'linked' });
  return { job: join(directory, 'main.js'), render: join(directory, 'render-command.js') };
}

/** A program of ours that is told to do nothing: what its start costs. */
export function startOfOurs({ render }: OurPrograms): Command {
  return { file: process.execPath, args: [render, '--help'] };
}

export interface OurRenderOptions extends PeerOptions {
  readonly programs: OurPrograms;
  readonly joins: Joins;
  /** What an earlier video has left: nothing, the song's sound, or all. */
  readonly known: 'nothing' | 'song' | 'all';
}

/**
 * The rendering job with a document and without a database: it makes the video and all that belongs to it, and stores
 * them. With so much known from before.
 */
export async function ourJob(options: OurRenderOptions): Promise<Command[]> {
  const { programs, workload, size, joins, known } = options;
  const { media, kept } = await layOut(options);
  const job = (how: Joins): Command => ({
    file: process.execPath,
    args: [programs.job],
    environment: {
      BLUEPRINT_JSON: JSON.stringify(workload.documentOf(how)),
      LOCAL_STORAGE_PATH: media,
      RENDER_CACHE_DIR: kept,
      RENDER_SIZE: `${size.width}x${size.height}`,
      LOG_LEVEL: 'silent',
    },
  });
  if (known !== 'nothing') await measureCommand(job(known === 'all' ? joins : 'cuts'));
  return [job(joins)];
}

/** `pnpm render`, without pnpm, for documents that are too long to be handed over in the environment; the song is known. */
export async function ourRender(options: OurRenderOptions): Promise<Command[]> {
  const { command } = await renderToFile(options);
  await measureCommand(command);
  return [command];
}

/** `pnpm render`, without pnpm, with nothing kept of anything, and the video that it writes. */
export async function renderToFile(
  options: Omit<OurRenderOptions, 'known'>,
): Promise<{ command: Command; video: string }> {
  const { programs, workload, size, directory, joins } = options;
  const { media, kept } = await layOut(options);
  const blueprint = join(directory, 'blueprint.json');
  await writeFile(blueprint, JSON.stringify(workload.documentOf(joins)));
  const video = join(directory, 'ours.mp4');
  const command: Command = {
    file: process.execPath,
    args: [programs.render, blueprint, '--out', video, '--media', media],
    environment: { RENDER_CACHE_DIR: kept, RENDER_SIZE: `${size.width}x${size.height}` },
  };
  return { command, video };
}

/** Song and clips as a store holds them, with the pictures that belong to clips; nothing is kept yet. */
async function layOut({
  workload,
  songPath,
  directory,
}: PeerOptions): Promise<{ media: string; kept: string }> {
  const media = join(directory, 'media');
  const kept = join(directory, 'kept');
  for (const folder of [media, kept]) await rm(folder, { recursive: true, force: true });
  await mkdir(join(media, 'prepared/clips'), { recursive: true });
  await copyFile(songPath, join(media, 'song.mp3'));
  const clips = new Map(workload.moves.map(({ clip }) => [clipKeyOf(clip), clip.preparedPath] as const));
  for (const [key, path] of clips) {
    await linkOrCopy(path, join(media, key));
    const [to, from] = [companionKeys(key), companionKeys(path)];
    await linkOrCopy(from.poster, join(media, to.poster));
    await linkOrCopy(from.sheet, join(media, to.sheet));
  }
  return { media, kept };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
