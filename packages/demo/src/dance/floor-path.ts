import { curveThrough, type Key } from '../maths/curve.ts';
import { BASE_APART, BASE_FACING, basicSide, basicStep } from './basic-step.ts';
import type { Place } from './footwork.ts';
import type { CountValues, DancerPlan, MovePlan, Role, Step } from './move-plan.ts';

/** Counts of the basic laid before and after a move, so that its start and end are in full flow. */
const COUNTS_BEFORE = 12;
const COUNTS_AFTER = 6;

function keysFor(plan: MovePlan, values: CountValues | undefined, basic: (count: number) => number): Key[] {
  const keys: Key[] = [];
  for (let count = -COUNTS_BEFORE; count < plan.counts + COUNTS_AFTER; count += 1) {
    const within =
      plan.isOpening === true && count < 0
        ? 0
        : plan.isEnding === true && count >= plan.counts
          ? plan.counts - 1
          : count;
    keys.push([count, values?.[within] ?? basic(within)]);
  }
  return keys;
}

/** Degrees turned: whole turns danced in the move are not turned back after it. */
function turnKeysFor(plan: MovePlan, values: CountValues | undefined): Key[] {
  const keys = keysFor(plan, values, () => 0);
  const wholeTurns = Math.round((values?.[plan.counts - 1] ?? 0) / 360) * 360;
  return keys.map(([at, value]) =>
    at >= plan.counts && plan.isEnding !== true ? [at, value + wholeTurns] : [at, value],
  );
}

const RADIANS = Math.PI / 180;

/** Where one dancer is, and faces, at any count time: the couple's path and the dancer's own together. */
export function buildFloorPath(plan: MovePlan, role: Role): (count: number) => Place {
  const couple = plan.couple ?? {};
  const own = (role === 'lead' ? plan.lead : plan.follow)?.path ?? {};
  const still = () => 0;
  const isMove = (count: number) => count >= 0 && count < plan.counts;
  const side = keysFor(plan, couple.side, (c) => basicSide(c, isMove(c) ? plan.accent.stride : 1));
  const ahead = keysFor(plan, couple.ahead, still);
  const turn = turnKeysFor(plan, couple.turn);
  const apart = keysFor(plan, couple.apart, () => BASE_APART);
  const ownSide = keysFor(plan, own.side, still);
  const ownAhead = keysFor(plan, own.ahead, still);
  const ownTurn = turnKeysFor(plan, own.turn);
  const towards = role === 'lead' ? -0.5 : 0.5;
  return (count) => {
    const facing = BASE_FACING + curveThrough(turn, count) * RADIANS;
    const coupleSide = curveThrough(side, count);
    const coupleAhead = curveThrough(ahead, count);
    const along = towards * curveThrough(apart, count) + curveThrough(ownAhead, count);
    const across = curveThrough(ownSide, count);
    return {
      x:
        Math.cos(BASE_FACING) * coupleSide +
        Math.sin(BASE_FACING) * coupleAhead +
        Math.sin(facing) * along +
        Math.cos(facing) * across,
      z:
        -Math.sin(BASE_FACING) * coupleSide +
        Math.cos(BASE_FACING) * coupleAhead +
        Math.cos(facing) * along -
        Math.sin(facing) * across,
      yaw: facing + (role === 'lead' ? 0 : Math.PI) + curveThrough(ownTurn, count) * RADIANS,
    };
  };
}

/** The steps of one dancer from well before to well after the move, in order. */
export function buildSteps(plan: MovePlan, role: Role): Step[] {
  const own: DancerPlan = (role === 'lead' ? plan.lead : plan.follow) ?? {};
  const basic = (from: number, to: number): Step[] =>
    Array.from({ length: to - from }, (_, index) => basicStep(role, from + index));
  const standing: Step[] = [
    { at: -COUNTS_BEFORE, foot: 'left', kind: 'step' },
    { at: -COUNTS_BEFORE + 0.5, foot: 'right', kind: 'step' },
  ];
  return [
    ...(plan.isOpening === true ? standing : basic(-COUNTS_BEFORE, 0)),
    ...(own.steps ?? basic(0, plan.counts)),
    ...(plan.isEnding === true ? [] : basic(plan.counts, plan.counts + COUNTS_AFTER)),
  ];
}
