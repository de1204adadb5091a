import { hashFile, runBounded, valueAt } from '@bachata-buddy/platform';
import type { FetchedClip } from '../fetched-clip.ts';
import type { ClipFacts } from './clip-facts.ts';
import { encodeFootage } from './encode-footage.ts';
import { footageNeeds } from './footage-needs.ts';
import type { PictureFile, PictureFiles } from './picture-file.ts';
import type { EncodeOptions } from './picture-options.ts';
import type { Piece } from './plan-pieces.ts';
import { reportParts } from './report-parts.ts';

/** What planning must know of the clips. */
export function factsOfClips(clips: ReadonlyMap<string, FetchedClip>): Map<string, ClipFacts> {
  return new Map(
    [...clips].map(([key, { frameCount, prepared }]) => [key, factsOf(frameCount, prepared)] as const),
  );
}

function factsOf(frameCount: number, prepared: PictureFile | undefined): ClipFacts {
  if (prepared === undefined) return { frameCount, keyframes: undefined };
  const { isSync, count } = prepared.track.samples;
  const keyframes: number[] = [];
  for (let sample = 0; sample < count; sample++) if (isSync[sample] === 1) keyframes.push(sample);
  return { frameCount: prepared.frameCount, keyframes };
}

/**
 * The files that all pictures can be copied from: clips that are prepared as they are, of the others what the pieces
 * need, encoded or found kept.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID`
 */
export async function makeFootage(
  pieces: readonly Piece[],
  clips: ReadonlyMap<string, FetchedClip>,
  options: EncodeOptions,
): Promise<PictureFiles> {
  const { kept, signal } = options;
  const files = new Map<string, PictureFile[]>();
  for (const [key, { prepared }] of clips) files.set(key, prepared === undefined ? [] : [prepared]);
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (key: string): Promise<string> => {
    const hash = hashes.get(key) ?? hashFile(valueAt(clips, key).path, signal);
    hashes.set(key, hash);
    return hash;
  };
  const needs = footageNeeds(pieces, factsOfClips(clips));
  const report = reportParts(
    needs.map(({ frameCount }) => frameCount),
    options.onProgress,
  );
  const tasks = needs.map((need, index) => async (stop: AbortSignal) => {
    const file = await encodeFootage({
      ...options,
      need,
      name: `footage-${index}`,
      signal: stop,
      onProgress: report(index),
      clipPath: valueAt(clips, need.clipKey).path,
      video: await valueAt(clips, need.clipKey).describe(stop),
      clipHash: kept && (await hashOf(need.clipKey)),
    });
    valueAt(files, need.clipKey).push(file);
  });
  await runBounded(tasks, options);
  return files;
}
