import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { elementAt, runBounded, valueAt } from '@bachata-buddy/platform';
import { type KeptParts, partKey } from '../kept-parts.ts';
import { FRAME_TICKS } from './clock.ts';
import { encodeMixes, firstSlots } from './encode-mixes.ts';
import { houseEncoding } from './house-encoding.ts';
import { batchMixes, type MixBatch } from './mix-batches.ts';
import {
  fileWith,
  hashSamples,
  keyframeAt,
  openPictureFile,
  type PictureFile,
  type PictureFiles,
  writePictureFile,
} from './picture-file.ts';
import type { EncodeOptions } from './picture-options.ts';
import type { Layer, Mix } from './plan-pieces.ts';
import { reportParts } from './report-parts.ts';

/** Parts may lie on another machine: several at a time hide its distance. */
const CONCURRENT_TRANSFERS = 8;

/** Where the pictures of a mix lie: as many samples as it has pictures. */
export interface MixedPictures {
  readonly file: PictureFile;
  readonly firstSample: number;
}

/**
 * Encodes all mixes of a video, or finds them kept: a few processes, however many there are. What is mixed of the same
 * pictures is made once.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID`
 */
export async function makeMixes(
  mixes: readonly Mix[],
  files: PictureFiles,
  options: EncodeOptions,
): Promise<ReadonlyMap<Mix, MixedPictures>> {
  const different = new Map<string, Mix>();
  for (const mix of mixes) different.set(JSON.stringify(mix), mix);
  const made = await makeDifferentMixes([...different.values()], files, options);
  return new Map(mixes.map((mix) => [mix, valueAt(made, valueAt(different, JSON.stringify(mix)))]));
}

async function makeDifferentMixes(
  mixes: readonly Mix[],
  files: PictureFiles,
  options: EncodeOptions,
): Promise<ReadonlyMap<Mix, MixedPictures>> {
  const found = new Map<Mix, MixedPictures>();
  const keys = new Map<Mix, string>();
  const takes = mixes.map((mix, index) => async () => {
    if (options.kept === undefined) return;
    keys.set(mix, await mixKey(mix, files, options));
    const file = await takeKept(options, valueAt(keys, mix), `kept-${index}`);
    if (file?.frameCount === mix.from.frames.length) found.set(mix, { file, firstSample: 0 });
  });
  await runBounded(takes, { concurrency: CONCURRENT_TRANSFERS, signal: options.signal });
  const batches = batchMixes(mixes.filter((mix) => !found.has(mix)));
  const report = reportParts(
    batches.map(({ slotCount }) => slotCount),
    options.onProgress,
  );
  const tasks = batches.map((batch, index) => async (signal: AbortSignal) => {
    const name = `mix-${index}`;
    const file = await encodeMixes({ ...options, batch, files, name, signal, onProgress: report(index) });
    const slots = firstSlots(batch);
    for (const [n, mix] of batch.mixes.entries()) found.set(mix, { file, firstSample: elementAt(slots, n) });
    if (options.kept !== undefined) await keepMixes(options.kept, batch, file, keys, { ...options, name });
  });
  // One at a time: each uses several cores by itself, and memory does not grow with their number.
  await runBounded(tasks, { concurrency: 1, signal: options.signal });
  return found;
}

async function takeKept(
  { kept, directory }: EncodeOptions,
  key: string,
  name: string,
): Promise<PictureFile | undefined> {
  const path = join(directory, `${name}.mp4`);
  return (await kept?.take(key, path)) ? openPictureFile(path, 0) : undefined;
}

async function keepMixes(
  kept: KeptParts,
  batch: MixBatch,
  file: PictureFile,
  keys: ReadonlyMap<Mix, string>,
  { directory, signal, name }: EncodeOptions & { readonly name: string },
): Promise<void> {
  const keeps = firstSlots(batch).map((firstSample, n) => async () => {
    const mix = elementAt(batch.mixes, n);
    const path = join(directory, `${name}-${n}.mp4`);
    const durationTicks = new Uint32Array(mix.from.frames.length).fill(FRAME_TICKS);
    await writePictureFile({ path, file, firstSample, durationTicks, signal });
    await kept.keep(valueAt(keys, mix), path);
    await rm(path, { force: true });
  });
  await runBounded(keeps, { concurrency: CONCURRENT_TRANSFERS, signal });
}

/** Of all that the mixed pictures are made from. */
async function mixKey(
  { kind, from, to, shares }: Mix,
  files: PictureFiles,
  { bitsPerSecond, size }: EncodeOptions,
): Promise<string> {
  const encoding = houseEncoding({ size, keyframes: [0], bitsPerSecond, threadCount: 1 });
  const layers = [await contentOf(from, files), to && (await contentOf(to, files))];
  return partKey({ kind, layers, shares, encoding });
}

async function contentOf({ clipKey, frames }: Layer, files: PictureFiles): Promise<unknown> {
  const file = fileWith(files, clipKey, elementAt(frames, 0));
  const samples = frames.map((frame) => frame - file.firstFrame);
  const keyframe = keyframeAt(file, elementAt(samples, 0));
  const hash = await hashSamples(file, keyframe, elementAt(samples, -1));
  return [hash, samples.map((sample) => sample - keyframe)];
}
