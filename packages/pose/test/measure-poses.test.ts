import { join } from 'node:path';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { makePulseClip } from '@bachata-buddy/media/testkit';
import t, { type Test } from 'tap';
import { measurePoses, poseKey } from '../src/measure-poses.ts';
import type { PoseEstimator } from '../src/pose-estimator.ts';
import { outputOf, person } from './support/people.ts';

const COUPLE = [person({ x: 0.7 }), person({ x: 1.1 })];
const COUNTED = { tempoBpm: 120, firstDownbeatSec: 0.5, counts: 8 };

/** What is seen in a clip of five seconds whose pictures, in the order in which they are looked at, show these people. */
async function see(t: Test, shown: readonly (readonly ReturnType<typeof person>[])[]) {
  const path = join(t.testdir(), 'clip.mp4');
  await makePulseClip(path, { durationSec: 5, tempoBpm: 120 });
  const tools = await findMediaTools();
  let looks = 0;
  const estimator: PoseEstimator = {
    look: async (picture) => {
      t.equal(picture.length, 512 * 288 * 3);
      return outputOf(shown[looks++] ?? []);
    },
    close: async () => {},
  };
  const clip = { ...COUNTED, path, probe: await probeMedia(tools, path) };
  return { seen: await measurePoses(clip, { tools, estimator }), looks: () => looks };
}

t.test('a clip is looked at once at every fourth count, its end included', async (t) => {
  const { seen, looks } = await see(t, [COUPLE, COUPLE, COUPLE]);
  t.equal(looks(), 3);
  t.same(
    seen.poses.map(({ count }) => count),
    [0, 4, 8],
  );
  t.ok(seen.poses.every(({ dancers }) => dancers !== null));
  t.equal(seen.vector?.length, 512);
  t.not(seen.look, null);
  t.equal(seen.doubt, null);
});

t.test('beside a count that shows nobody its neighbours are looked at, beside others not', async (t) => {
  const { seen, looks } = await see(t, [[], COUPLE, [person({ x: 0.9 })], COUPLE]);
  t.equal(looks(), 4);
  const [first, second, third] = seen.poses;
  t.ok(first?.dancers && third?.dancers);
  t.equal(second?.dancers, null, 'of one it is not known how two stand');
  t.not(second?.centre, null, 'but where');
});

t.test('what cannot be told is told by name', async (t) => {
  const five = [0.3, 0.6, 0.9, 1.2, 1.5].map((x) => person({ x }));
  const cases = [
    [[], /nobody was found/],
    [Array(3).fill([person({ x: 0.9 })]), /two dancers cannot be told apart/],
    [Array(3).fill(five), /more than two people/],
  ] as const;
  for (const [shown, doubt] of cases) {
    const { seen } = await see(t, shown);
    t.match(seen.doubt, doubt);
    t.equal(seen.vector, null);
    t.equal(seen.poses.length, 3, 'that it was looked at is known');
  }
});

t.test(
  'the key changes with the file, where it is looked at and at which counts, and with nothing else',
  async (t) => {
    const key = poseKey('aa', COUNTED);
    t.equal(poseKey('aa', { ...COUNTED }), key);
    t.not(poseKey('bb', COUNTED), key);
    t.not(poseKey('aa', { ...COUNTED, firstDownbeatSec: 1 }), key);
    t.not(poseKey('aa', { ...COUNTED, counts: 16 }), key);
    t.not(poseKey('aa', { ...COUNTED, counts: 10 }), key, 'the same pictures, of a longer move');
    t.equal(poseKey('aa', { ...COUNTED, firstDownbeatSec: 0.5001 }), key, 'the same pictures');
  },
);
