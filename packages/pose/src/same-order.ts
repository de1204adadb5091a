import { type CouplePose, type DancerPose, poseDistance } from '@bachata-buddy/vocabulary';

/**
 * The poses of a clip with both dancers in one order all through: from look to look each is whoever is nearest, and the
 * one who is taller on the whole comes first.
 */
export function inOneOrder(poses: readonly CouplePose[]): CouplePose[] {
  let before: CouplePose['dancers'] = null;
  const followed = poses.map((pose) => {
    const here = before !== null && isCrossed(before, pose.dancers) ? swapped(pose) : pose;
    before = here.dancers ?? before;
    return here;
  });
  const tallerBy = followed.reduce((sum, { dancers }) => sum + (dancers === null ? 0 : lead(dancers)), 0);
  return tallerBy < 0 ? followed.map(swapped) : followed;
}

/** Whether the second is nearer to whom the first was, and the first to whom the second was. */
function isCrossed(before: readonly [DancerPose, DancerPose], here: CouplePose['dancers']): boolean {
  if (here === null) return false;
  const apart = (a: 0 | 1, b: 0 | 1) => poseDistance(before[a], here[b]) ?? 0;
  return apart(0, 1) + apart(1, 0) < apart(0, 0) + apart(1, 1);
}

function swapped(pose: CouplePose): CouplePose {
  const { dancers, facing } = pose;
  return {
    ...pose,
    dancers: dancers && [dancers[1], dancers[0]],
    facing: facing && [facing[1], facing[0]],
  };
}

/** How much taller the first is. */
function lead([first, second]: readonly [DancerPose, DancerPose]): number {
  return heightOf(first) - heightOf(second);
}

function heightOf(dancer: DancerPose): number {
  const heights = dancer.map(([, y]) => y);
  return Math.max(...heights) - Math.min(...heights);
}
