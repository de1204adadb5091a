import { elementAt } from '@bachata-buddy/platform';
/** What planning must know of a clip, counted in pictures of the house's rate from the file's start. */
export interface ClipFacts {
  readonly frameCount: number;
  /**
   * Pictures at which a copy may begin, rising; undefined for a clip that is not prepared: what is needed of it is
   * encoded first, with a keyframe wherever one is wanted.
   */
  readonly keyframes: readonly number[] | undefined;
}

/** Whether a copy of this clip may begin at a picture. */
export function isKeyframe({ keyframes }: ClipFacts, frame: number): boolean {
  return keyframes === undefined || keyframes[firstAtOrAfter(keyframes, frame)] === frame;
}

/** The keyframe nearest to a place in a clip, where it is within half a picture of it; else undefined. */
export function keyframeNear({ keyframes }: ClipFacts, frame: number): number | undefined {
  if (keyframes === undefined) return undefined;
  const index = firstAtOrAfter(keyframes, frame);
  return [keyframes[index - 1], keyframes[index]].find(
    (keyframe) => keyframe !== undefined && Math.abs(keyframe - frame) <= HALF_A_PICTURE,
  );
}

/** With what is lost when a time is written with microseconds. */
const HALF_A_PICTURE = 0.5 + 1e-4;

function firstAtOrAfter(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (elementAt(values, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
