import { join } from 'node:path';
import { makeDemoLibrary } from '@bachata-buddy/demo';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { isPoseModelThere, makePoseEstimator, measurePoses } from '@bachata-buddy/pose';
import type { DancerPose } from '@bachata-buddy/vocabulary';
import t from 'tap';

const skip = isPoseModelThere() ? false : 'the pose model is not installed (pnpm pose:add)';
/** Open and closed, turning, side by side. */
const MOVE_IDS = ['basic_romantic', 'turn_lady_right_romantic', 'shadow_sensual'];
/** Of the picture's height. */
const LARGEST_MEAN_ERROR = 0.04;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const errorsOf = (seen: DancerPose, known: DancerPose) =>
  seen.map(([x, y], index) => Math.hypot(x - known[index]![0], y - known[index]![1]));

t.test('drawn dancers are found where they are drawn', { skip }, async (t) => {
  const directory = t.testdir();
  const tools = await findMediaTools();
  const { moves } = await makeDemoLibrary({
    directory,
    ffmpegPath: tools.ffmpegPath,
    only: { songIds: [], moveIds: MOVE_IDS },
  });
  t.equal(moves.length, MOVE_IDS.length);
  const estimator = makePoseEstimator();
  t.teardown(() => estimator.close());
  const errors: number[] = [];
  let looks = 0;
  for (const { path: name, poses: known, ...move } of moves) {
    const path = join(directory, name);
    const clip = { ...move, path, probe: await probeMedia(tools, path) };
    const { poses } = await measurePoses(clip, { tools, estimator });
    looks += poses.length;
    for (const [index, { dancers }] of poses.entries()) {
      const truth = known[index]!.dancers!;
      if (dancers === null) continue;
      const straight = [...errorsOf(dancers[0], truth[0]), ...errorsOf(dancers[1], truth[1])];
      const crossed = [...errorsOf(dancers[0], truth[1]), ...errorsOf(dancers[1], truth[0])];
      errors.push(...(sum(straight) <= sum(crossed) ? straight : crossed));
    }
  }
  const found = errors.length / 34;
  t.ok(found >= 0.5 * looks, `both found in ${found} of ${looks} looks`);
  const mean = sum(errors) / errors.length;
  t.ok(mean <= LARGEST_MEAN_ERROR, `${(100 * mean).toFixed(1)} % of the height`);
});
