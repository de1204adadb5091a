import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaPrograms, PictureSize } from '@bachata-buddy/media';
import { jobError } from '../../errors.ts';
import { encode } from '../encode.ts';
import { FRAMES_PER_SECOND } from './clock.ts';
import { houseEncoding } from './house-encoding.ts';
import { writeLayerFilm } from './layer-film.ts';
import type { MixBatch } from './mix-batches.ts';
import { openPictureFile, type PictureFile, type PictureFiles } from './picture-file.ts';
import type { Layer } from './plan-pieces.ts';

/** A mask is of one brightness and is scaled up. Even, for its chroma has half of each side. */
const MASK_SIDE = 16;
const MASK_BYTES = (MASK_SIDE * MASK_SIDE * 3) / 2;
const RATE = `fps=fps=${FRAMES_PER_SECOND}:start_time=0:round=near`;

export interface EncodeMixesOptions {
  readonly tools: MediaPrograms;
  readonly batch: MixBatch;
  readonly files: PictureFiles;
  readonly size: PictureSize;
  readonly bitsPerSecond: number | undefined;
  readonly directory: string;
  /** Distinguishes the files in the directory. */
  readonly name: string;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/**
 * Encodes the mixes of a batch into one file, one behind the other, each beginning with a keyframe. Both layers come
 * in as films of their own, copied from the clips; a stream of masks says how much of each picture is the second one.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID` where pictures are missing
 */
export async function encodeMixes(options: EncodeMixesOptions): Promise<PictureFile> {
  const { tools, batch, size, bitsPerSecond, directory, name, signal, onProgress } = options;
  const path = join(directory, `${name}.mp4`);
  const { args, filters, paths } = await writeInputs(options);
  await encode({
    tools,
    args: [
      ...args,
      ...['-filter_complex_threads', '1', '-filter_complex', filters, '-map', '[out]', '-an'],
      ...['-frames:v', String(batch.slotCount)],
      ...houseEncoding({ size, keyframes: firstSlots(batch), bitsPerSecond, threadCount: 2 }),
      ...['-f', 'mp4', path],
    ],
    expectedDurationSec: batch.slotCount / FRAMES_PER_SECOND,
    onProgress,
    signal,
  });
  await Promise.all(paths.map((input) => rm(input)));
  const file = await openPictureFile(path, 0);
  if (file.frameCount !== batch.slotCount) {
    const details = { frameCount: file.frameCount, expectedFrameCount: batch.slotCount, size };
    throw jobError('JOB_OUTPUT_INVALID', 'FFmpeg error: pictures of a transition are missing', { details });
  }
  return file;
}

/** The slot each mix begins at. */
export function firstSlots({ mixes }: MixBatch): number[] {
  let slot = 0;
  return mixes.map((mix) => {
    slot += mix.from.frames.length;
    return slot - mix.from.frames.length;
  });
}

interface Inputs {
  readonly args: readonly string[];
  /** For `-filter_complex`; the result is called `[out]`. */
  readonly filters: string;
  readonly paths: readonly string[];
}

async function writeInputs({
  batch,
  files,
  size,
  directory,
  name,
  signal,
}: EncodeMixesOptions): Promise<Inputs> {
  const { kind, mixes, slotCount } = batch;
  const film = async (role: string, layers: readonly Layer[]): Promise<string> => {
    const path = join(directory, `${name}-${role}.mp4`);
    await writeLayerFilm(path, layers, files, signal);
    return path;
  };
  const from = await film(
    'from',
    mixes.map((mix) => mix.from),
  );
  const paced = (input: number): string =>
    `[${input}:v]${RATE},tpad=stop_mode=clone:stop=${slotCount},trim=end_frame=${slotCount}`;
  const fromArgs = ['-threads', '1', '-i', from];
  if (kind === 'none') return { args: fromArgs, filters: `${paced(0)}[out]`, paths: [from] };
  const mask = join(directory, `${name}-mask.yuv`);
  await writeFile(mask, masksOf(mixes.flatMap((mix) => mix.shares)));
  const side = `${MASK_SIDE}x${MASK_SIDE}`;
  const maskArgs = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', side];
  const { width, height } = size;
  const merged = `[1:v]scale=${width}:${height}:flags=neighbor[mask];${paced(0)}[from];[from][to][mask]maskedmerge[out]`;
  const args = [...fromArgs, ...maskArgs, '-framerate', String(FRAMES_PER_SECOND), '-i', mask];
  if (kind === 'crossfade') {
    const to = await film(
      'to',
      mixes.map(({ to }) => to).filter((to) => to !== undefined),
    );
    const filters = `${paced(2)}[to];${merged}`;
    return { args: [...args, '-threads', '1', '-i', to], filters, paths: [from, mask, to] };
  }
  const colour = kind === 'fade_white' ? 'white' : 'black';
  const plain = `color=c=${colour}:s=${width}x${height}:r=${FRAMES_PER_SECOND},format=yuv420p,trim=end_frame=${slotCount}[to]`;
  return { args, filters: `${plain};${merged}`, paths: [from, mask] };
}

/** One picture a share, of its brightness in all planes. */
function masksOf(shares: readonly number[]): Buffer {
  const bytes = Buffer.alloc(shares.length * MASK_BYTES);
  for (const [n, share] of shares.entries()) {
    bytes.fill(Math.round(share * 255), n * MASK_BYTES, (n + 1) * MASK_BYTES);
  }
  return bytes;
}
