import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT_DIRECTORY } from '../../infra/commands/paths.ts';
import { type Command, measureCommand } from '../measure-command.ts';
import type { PeerOptions } from './peers.ts';
import type { Joins } from './workload.ts';

const RUN = [join(ROOT_DIRECTORY, 'infra/build/run-program.mjs'), 'apps/job/src/render-command.ts'];

/** `pnpm render --help`, without pnpm: what its start costs. */
export function startOfOurs(): Command {
  return { file: process.execPath, args: [...RUN, '--help'], cwd: ROOT_DIRECTORY };
}

export interface OurRenderOptions extends PeerOptions {
  readonly joins: Joins;
  /** What an earlier video has left: nothing, the song's sound, or all. */
  readonly known: 'nothing' | 'song' | 'all';
}

/** `pnpm render` of a blueprint, without pnpm, with so much known from before. */
export async function ourRender(options: OurRenderOptions): Promise<Command[]> {
  const { workload, songPath, size, directory, joins, known } = options;
  const media = join(directory, 'media');
  await rm(media, { recursive: true, force: true });
  await mkdir(media);
  await copyFile(songPath, join(media, 'song.mp3'));
  const paths = new Set(workload.moves.map(({ clip }) => clip.preparedPath));
  for (const path of paths) await linkOrCopy(path, join(media, basename(path)));
  const kept = join(directory, 'kept');
  await rm(kept, { recursive: true, force: true });
  const render = async (how: Joins): Promise<Command> => {
    const blueprint = join(directory, 'blueprint.json');
    await writeFile(blueprint, JSON.stringify(workload.documentOf(how)));
    return {
      file: process.execPath,
      args: [...RUN, blueprint, '--out', join(directory, 'ours.mp4'), '--media', media],
      cwd: ROOT_DIRECTORY,
      environment: { RENDER_CACHE_DIR: kept, RENDER_SIZE: `${size.width}x${size.height}` },
    };
  };
  if (known !== 'nothing') await measureCommand(await render(known === 'all' ? joins : 'cuts'));
  return [await render(joins)];
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
