import t from 'tap';
import { listMoves } from '../src/dance/move-list.ts';
import { type Couple, perform } from '../src/dance/performance.ts';
import type { Dancer } from '../src/dance/skeleton.ts';
import { clipFrames, countAtFrame } from '../src/dance/timing.ts';
import { FRAME_HEIGHT, FRAME_WIDTH, see } from '../src/drawing/camera.ts';
import type { Vector } from '../src/maths/vector.ts';

const MARGIN_PIXELS = 16;
const distance = (a: Vector, b: Vector) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);

function jointsOf(dancer: Dancer): Vector[] {
  const { leftArm, rightArm, leftLeg, rightLeg } = dancer;
  return [
    ...[dancer.pelvis, dancer.ribs, dancer.neck, dancer.skull, dancer.head],
    ...[leftArm, rightArm].flatMap(({ shoulder, elbow, wrist, hand }) => [shoulder, elbow, wrist, hand]),
    ...[leftLeg, rightLeg].flatMap(({ hip, knee, ankle, ball, toe }) => [hip, knee, ankle, ball, toe]),
  ];
}

function boneLengths(dancer: Dancer): number[] {
  const arms = [dancer.leftArm, dancer.rightArm].flatMap(({ shoulder, elbow, wrist, hand }) => [
    distance(shoulder, elbow),
    distance(elbow, wrist),
    distance(wrist, hand),
  ]);
  const legs = [dancer.leftLeg, dancer.rightLeg].flatMap(({ hip, knee, ankle }) => [
    distance(hip, knee),
    distance(knee, ankle),
  ]);
  const trunk = [distance(dancer.pelvis, dancer.ribs), distance(dancer.ribs, dancer.neck)];
  return [...arms, ...legs, ...trunk];
}

const dancersOf = ({ lead, follow }: Couple) => [lead, follow];

function largestGap(one: Couple, other: Couple): number {
  const joints = dancersOf(other).flatMap(jointsOf);
  return Math.max(
    ...dancersOf(one)
      .flatMap(jointsOf)
      .map((joint, at) => distance(joint, joints[at]!)),
  );
}

const MOVES = listMoves().map(({ moveId, label, plan }) => ({ moveId, label, plan, dance: perform(plan) }));
const PLAIN = MOVES.find(({ label }) => label === 'basic')!.dance.at(0);

t.test('bones keep their length and all joints stay in the picture, in every frame', async (t) => {
  for (const { moveId, plan, dance } of MOVES) {
    const wanted = dancersOf(PLAIN).flatMap(boneLengths);
    let stretch = 0;
    let room = Number.POSITIVE_INFINITY;
    for (let frame = 0; frame < clipFrames(plan.counts); frame += 1) {
      const dancers = dancersOf(dance.at(countAtFrame(frame)));
      for (const [at, length] of dancers.flatMap(boneLengths).entries())
        stretch = Math.max(stretch, Math.abs(length / wanted[at]! - 1));
      for (const joint of dancers.flatMap(jointsOf)) {
        const { x, y } = see(joint);
        room = Math.min(room, x, y, FRAME_WIDTH - x, FRAME_HEIGHT - y);
      }
    }
    t.ok(stretch < 0.01, `${moveId}: bones stretch by ${stretch}`);
    t.ok(room >= MARGIN_PIXELS, `${moveId}: ${room} pixels of room`);
  }
});

t.test('every move but an intro begins in the same pose', async (t) => {
  for (const { moveId, label, dance } of MOVES) {
    const start = largestGap(dance.at(0), PLAIN);
    if (label !== 'intro') t.ok(start < 0.03, `${moveId}: starts ${start} m off`);
  }
});

t.test('in the basic the couple steps on 1 2 3 and 5 6 7 and taps on 4 and 8', async (t) => {
  const { dance } = MOVES.find(({ label }) => label === 'basic')!;
  for (const role of ['lead', 'follow'] as const) {
    // The stepping foot is the one whose ball travelled furthest in the count before.
    const stepAt = (count: number) => {
      const [before, now, after] = [count - 0.9, count, count + 0.04].map((time) => dance.at(time)[role]);
      const feet = (['leftLeg', 'rightLeg'] as const).map((leg) => ({
        leg,
        moved: distance(before![leg].ball, now![leg].ball),
        speed: distance(now![leg].ball, after![leg].ball) / 0.04,
      }));
      return feet.sort((one, other) => other.moved - one.moved)[0]!;
    };
    for (const count of [1, 2, 4, 5, 6]) {
      const { moved, speed } = stepAt(count);
      t.ok(moved > 0.05, `${role} travels on ${count + 1}: ${moved} m`);
      t.ok(speed < 0.1, `${role} is planted on ${count + 1}: ${speed} m per count`);
    }
    for (const [tap, next] of [
      [3, 4],
      [7, 8],
    ] as const)
      t.equal(stepAt(tap).leg, stepAt(next).leg, `${role}: the foot of the tap on ${tap + 1} steps next`);
  }
});
