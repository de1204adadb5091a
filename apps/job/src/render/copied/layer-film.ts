import { type MovieTrack, type SampleRun, sampleRun, withoutBitRate, writeMovie } from '@bachata-buddy/media';
import { elementAt } from '@bachata-buddy/platform';
import { FRAME_TICKS, TICKS_PER_SECOND } from './clock.ts';
import { fileWith, keyframeAt, type PictureFiles } from './picture-file.ts';
import type { Layer } from './plan-pieces.ts';

/**
 * Writes pictures of clips as a film of their own, copied, one for each picture of the output: what is wanted at output
 * picture n appears at time n. Pictures that are needed only to decode others pass in the last ticks in front of the
 * next wanted one, in its own slot, where a rate filter drops them. So one decoder runs through all layers.
 *
 * @param layers in order; each takes as many slots as it has pictures
 */
export async function writeLayerFilm(
  path: string,
  layers: readonly Layer[],
  files: PictureFiles,
  signal: AbortSignal,
): Promise<void> {
  const parts = layers.map((layer) => locate(layer, files));
  const times = slotTimes(parts);
  let done = 0;
  const runs = parts.map(({ path: source, track, samples }): SampleRun => {
    const durationTicks = Uint32Array.from(
      samples,
      (_, n) =>
        (times[done + n + 1] ?? elementAt(times, done + n) + FRAME_TICKS) - elementAt(times, done + n),
    );
    done += samples.length;
    return sampleRun(source, track, elementAt(samples, 0).sample, durationTicks);
  });
  const { track } = elementAt(parts, 0);
  const { width, height } = track;
  const sampleEntry = withoutBitRate(track.sampleEntry);
  const timescale = TICKS_PER_SECOND;
  await writeMovie({
    path,
    signal,
    tracks: [{ handler: 'vide', sampleEntry, timescale, width, height, startTicks: 0, runs }],
  });
}

/** A layer's samples from the keyframe on that its first picture needs. */
interface LocatedLayer {
  readonly path: string;
  readonly track: MovieTrack;
  readonly slotCount: number;
  /** The slot, counted from the layer's own first, that each appears in; undefined: only decoded. */
  readonly samples: readonly { readonly sample: number; readonly slot: number | undefined }[];
}

function locate({ clipKey, frames }: Layer, files: PictureFiles): LocatedLayer {
  const file = fileWith(files, clipKey, elementAt(frames, 0));
  const wanted = frames.map((frame) => frame - file.firstFrame);
  const slotOf = new Map<number, number>();
  for (const [slot, sample] of wanted.entries()) if (!slotOf.has(sample)) slotOf.set(sample, slot);
  const first = keyframeAt(file, elementAt(wanted, 0));
  const samples = Array.from({ length: elementAt(wanted, -1) - first + 1 }, (_, n) => ({
    sample: first + n,
    slot: slotOf.get(first + n),
  }));
  return { path: file.path, track: file.track, slotCount: frames.length, samples };
}

/** When every sample of all layers appears, in ticks, rising. */
function slotTimes(layers: readonly LocatedLayer[]): number[] {
  const times: number[] = [];
  let base = 0;
  for (const { samples, slotCount } of layers) {
    let next = 0;
    for (const [index] of samples.entries()) {
      next = Math.max(next, index);
      let { slot } = elementAt(samples, next);
      while (slot === undefined) {
        next += 1;
        slot = elementAt(samples, next).slot;
      }
      const slotTime = (base + slot) * FRAME_TICKS;
      times.push(Math.max((times.at(-1) ?? -1) + 1, slotTime - (next - index)));
    }
    base += slotCount;
  }
  return times;
}
