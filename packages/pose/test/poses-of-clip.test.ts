import type { CouplePose } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { describeCouple, findCouple } from '../src/couple.ts';
import { poseVector } from '../src/pose-vector.ts';
import { inOneOrder } from '../src/same-order.ts';
import { person } from './support/people.ts';

const pose = (count: number, first: number, second: number, heights = [0.7, 0.6]): CouplePose =>
  describeCouple(
    count,
    findCouple([person({ x: first, height: heights[0]! }), person({ x: second, height: heights[1]! })]),
  );
const UNKNOWN = describeCouple(4, findCouple([]));
const noseOf = ({ dancers }: CouplePose, dancer: 0 | 1) => dancers?.[dancer][0]?.[0];

t.test('both dancers are followed through a clip, the taller first', async (t) => {
  // The model names them as it likes: here the shorter first, then the other way round.
  const poses = [pose(0, 1.1, 0.7, [0.6, 0.7]), UNKNOWN, pose(8, 0.72, 1.12)];
  const ordered = inOneOrder(poses);
  t.same([noseOf(ordered[0]!, 0), noseOf(ordered[2]!, 0)], [0.7, 0.72]);
  t.same([noseOf(ordered[0]!, 1), noseOf(ordered[2]!, 1)], [1.1, 1.12]);
  t.same(ordered[1], UNKNOWN);
});

t.test('the vector samples eight times, between two looks evenly', async (t) => {
  const vector = poseVector([pose(0, 0.5, 1), pose(8, 0.9, 1.4)], 8)!;
  t.equal(vector.length, 512);
  // Of the first dancer the left eye, a fiftieth of a height beside the middle, at each of the eight times.
  const leftEyes = Array.from({ length: 8 }, (_, sample) => vector[sample * 64]! - 0.7 * 0.02);
  const expected = Array.from({ length: 8 }, (_, sample) => 0.5 + (0.4 * (sample + 0.5)) / 8);
  for (const [sample, x] of leftEyes.entries()) t.ok(Math.abs(x - expected[sample]!) < 1e-9, `${x}`);
});

t.test('what was not seen is taken from the nearest look, and of nothing there is no vector', async (t) => {
  const seenOnce = poseVector([UNKNOWN, pose(8, 0.9, 1.4)], 16)!;
  t.equal(seenOnce[0], seenOnce[7 * 64]);
  t.equal(poseVector([UNKNOWN], 8), null);
  t.equal(poseVector([], 8), null);
});
