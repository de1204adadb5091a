import type { ClipLook, CouplePose, DancerPose } from '@bachata-buddy/vocabulary';

/** A dancer as a column of points at that place, in heights of the picture. */
function dancerAt(x: number, confidence = 1): DancerPose {
  return Array.from({ length: 17 }, (_, index) => [x, 0.2 + index / 25, confidence] as const);
}

/** Two dancers who stand at these places and face each other. */
export function coupleAt(
  count: number,
  [first, second]: readonly [number, number],
  {
    confidence = 1,
    facing = [90, -90] as const,
  }: { confidence?: number; facing?: readonly [number, number] } = {},
): CouplePose {
  return {
    count,
    dancers: [dancerAt(first, confidence), dancerAt(second, confidence)],
    centre: [(first + second) / 2, 0.5],
    size: 0.7,
    facing,
  };
}

/** Nobody was found. */
export const unseenAt = (count: number): CouplePose => ({
  count,
  dancers: null,
  centre: null,
  size: null,
  facing: null,
});

/** All in one colour, in front of another. */
export function lookOf(dancers: number, background: number): ClipLook {
  return { dancers: [[dancers, 1]], background: [[background, 1]], centre: [0.9, 0.5], size: 0.7 };
}
