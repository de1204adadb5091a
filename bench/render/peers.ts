import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaTools, PictureSize } from '@bachata-buddy/media';
import type { Command } from '../measure-command.ts';
import type { Workload } from './workload.ts';

export interface PeerOptions {
  readonly tools: MediaTools;
  readonly workload: Workload;
  readonly songPath: string;
  readonly size: PictureSize;
  /** For lists and results. */
  readonly directory: string;
}

const QUIET = ['-nostdin', '-v', 'error', '-y'];

/** ffmpeg's concat demuxer copying the prepared clips: what no renderer can be faster than. */
export async function copyLimit(
  { tools, workload, songPath, directory }: PeerOptions,
  sound: 'copied' | 'encoded',
): Promise<Command> {
  const list = join(directory, 'limit.txt');
  const entries = workload.moves.map(
    ({ clip, rate }) => `file '${clip.preparedPath}'\noutpoint ${(workload.moveSec * rate).toFixed(6)}\n`,
  );
  await writeFile(list, `ffconcat version 1.0\n${entries.join('')}`);
  const codec = sound === 'copied' ? ['-c', 'copy'] : ['-c:v', 'copy', '-c:a', 'aac', '-b:a', '128k'];
  return {
    file: tools.ffmpegPath,
    args: [
      ...[...QUIET, '-f', 'concat', '-safe', '0', '-i', list, '-i', songPath, '-map', '0:v', '-map', '1:a'],
      ...[...codec, '-movflags', '+faststart', join(directory, 'limit.mp4')],
    ],
  };
}

/** Every clip an input of one filter graph, encoded once: how a library for editing videos renders cuts. */
export function singleGraph({ tools, workload, songPath, size, directory }: PeerOptions): Command {
  const inputs = workload.moves.flatMap(({ clip }) => ['-i', clip.sourcePath]);
  const chains = workload.moves.map(({ rate }, index) => {
    const length = (workload.moveSec * rate).toFixed(6);
    return `[${index}:v]trim=end=${length},setpts=PTS/${rate.toFixed(9)},fps=30,scale=${size.width}:${size.height},setsar=1[v${index}]`;
  });
  const labels = workload.moves.map((_, index) => `[v${index}]`).join('');
  const graph = `${chains.join(';')};${labels}concat=n=${workload.moves.length}:v=1:a=0[out]`;
  return {
    file: tools.ffmpegPath,
    args: [
      ...[...QUIET, ...inputs, '-i', songPath, '-filter_complex', graph, '-map', '[out]'],
      ...['-map', `${workload.moves.length}:a`, '-c:v', 'libx264', '-preset', 'superfast', '-crf', '22'],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '128k', '-shortest', join(directory, 'graph.mp4')],
    ],
  };
}

/** The predecessor's shape, command by command: each clip encoded (ultrafast, CRF 18), joined, encoded again with the song. */
export async function clipByClip(options: PeerOptions): Promise<Command[]> {
  const { tools, workload, songPath, size } = options;
  const directory = join(options.directory, 'clip-by-clip');
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  const ffmpeg = (...args: readonly string[]): Command => ({
    file: tools.ffmpegPath,
    args: [...QUIET, ...args],
  });
  const paths = workload.moves.map((_, index) => join(directory, `${index}.mp4`));
  const normalise = workload.moves.map(({ clip, rate }, index) => {
    const picture = ['-vf', `setpts=PTS/${rate.toFixed(9)},scale=${size.width}:${size.height}`, '-r', '30'];
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-pix_fmt', 'yuv420p', '-an'];
    return ffmpeg('-i', clip.sourcePath, ...picture, '-t', String(workload.moveSec), ...codec, paths[index]!);
  });
  const list = join(directory, 'list.txt');
  await writeFile(list, paths.map((path) => `file '${path}'\n`).join(''));
  const joined = join(directory, 'joined.mp4');
  const codec = ['-c:v', 'libx264', '-b:v', '2M', '-c:a', 'aac', '-b:a', '128k', '-shortest'];
  return [
    ...normalise,
    ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', joined),
    ffmpeg('-i', joined, '-i', songPath, ...codec, join(directory, 'final.mp4')),
  ];
}
