import { type CouplePose, type DancerPose, KEYPOINTS, POSE_DIMENSIONS } from '@bachata-buddy/vocabulary';

/** Times at which a move is described, evenly spread over its counts. */
const SAMPLES = 8;
/** The nose lies between the eyes and tells nothing that they do not. */
const LEFT_OUT = KEYPOINTS.indexOf('nose');

/**
 * A move's vector for the search: 8 times x 2 dancers x 16 keypoints x (x, y), in heights of the picture, as measured.
 * Between two looks at the couple its keypoints are taken to move evenly; before the first and behind the last they rest.
 *
 * @returns 512 values; null where both dancers were found at no time
 */
export function poseVector(poses: readonly CouplePose[], counts: number): number[] | null {
  const known = poses.filter((pose) => pose.dancers !== null);
  if (known.length === 0) return null;
  const values: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const count = ((sample + 0.5) / SAMPLES) * counts;
    const before = known.findLast((pose) => pose.count <= count) ?? known[0]!;
    const after = known.find((pose) => pose.count >= count) ?? known.at(-1)!;
    const span = after.count - before.count;
    const share = span === 0 ? 0 : Math.min(1, Math.max(0, (count - before.count) / span));
    for (const dancer of [0, 1] as const) {
      values.push(...between(before.dancers![dancer], after.dancers![dancer], share));
    }
  }
  if (values.length !== POSE_DIMENSIONS) throw new RangeError(`A pose vector has ${values.length} values.`);
  return values;
}

function between(before: DancerPose, after: DancerPose, share: number): number[] {
  return before.flatMap(([x, y], index) => {
    if (index === LEFT_OUT) return [];
    const [laterX, laterY] = after[index]!;
    return [x + (laterX - x) * share, y + (laterY - y) * share];
  });
}
