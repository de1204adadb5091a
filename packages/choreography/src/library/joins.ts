import { type CouplePose, type DancerPose, poseDistance } from '@bachata-buddy/vocabulary';
import type { Move } from '../move.ts';

/** Of fewer points that are sure in both it is not known how a dancer stands. */
const LEAST_SHARED_KEYPOINTS = 8;
/** What a dancer who faces the other way costs, in heights of the picture; between them by the angle. */
const COST_OF_FACING_AWAY = 0.06;
const HALF_TURN_DEGREES = 180;
/** Mean distance of the dancers' keypoints, in heights of the picture: up to the first a cut is hardly seen, */
export const SAME_POSES = 0.04;
/** from the second on it is a jump. */
export const OTHER_POSES = 0.12;
/** Clips that tell what a usual join of a library is like. */
const MOST_SAMPLED = 40;
/** Of a library that knows no two poses. */
const NOTHING_KNOWN = 0;

/** What of a clip is danced: counts from its first "1". */
export interface ClipPart {
  readonly move: Move;
  readonly fromCount: number;
  readonly toCount: number;
}

/** How the last picture of one part and the first of the next differ. */
export interface Join {
  /** Mean distance of the keypoints of both dancers, in heights of the picture. */
  readonly distance: number;
  /** Mean of how far the dancers turn at once, 0..1 half turns; null where it is not known where they face. */
  readonly turned: number | null;
}

/** How the dancers stand where a part begins and where it ends; undefined where that was not looked at. */
export interface PartEnds {
  readonly first: CouplePose | undefined;
  readonly last: CouplePose | undefined;
}

/** What joins cost in the search, in heights of the picture; of a join of which nothing is known what is usual in the library. */
export interface JoinCosts {
  /** What may follow such an end, by how it begins. */
  after(last: PartEnds['last']): (first: PartEnds['first']) => number;
}

/** How a part follows another; null where the dancers are not known on both sides. */
export function joinBetween(before: ClipPart, after: ClipPart): Join | null {
  return compare(poseAt(before.move, before.toCount), poseAt(after.move, after.fromCount));
}

/** The part of a clip that a placed move shows. */
export function partOf(
  move: Move,
  placed: { readonly trimStartSec: number; readonly counts: number },
): ClipPart {
  const fromCount = Math.round(((placed.trimStartSec - move.firstDownbeatSec) * move.tempoBpm) / 60);
  return { move, fromCount, toCount: fromCount + placed.counts };
}

/** What the joins of a library usually cost: of a sample of its clips, each behind each other. */
export function usualJoinCost(moves: readonly Move[]): number {
  const step = Math.max(1, Math.floor(moves.length / MOST_SAMPLED));
  const sample = moves.filter((_, index) => index % step === 0).slice(0, MOST_SAMPLED);
  const costs: number[] = [];
  for (const before of sample) {
    for (const after of sample) {
      const join = before === after ? null : compare(poseAt(before, before.counts), poseAt(after, 0));
      if (join !== null) costs.push(costOf(join));
    }
  }
  return costs.length === 0 ? NOTHING_KNOWN : costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
}

export function endsOf({ move, fromCount, toCount }: ClipPart): PartEnds {
  return { first: poseAt(move, fromCount), last: poseAt(move, toCount) };
}

/** Looks at each pair of poses once: a search asks for it at every place of the song. */
export function makeJoinCosts(usualCost: number): JoinCosts {
  const known = new Map<CouplePose, Map<CouplePose, number>>();
  const costBetween = (before: CouplePose, after: CouplePose): number => {
    const join = compare(before, after);
    // Of whom only the place is known it is known that they do not jump less than their place does.
    return join === null ? Math.max(usualCost, placeDistance(before, after)) : costOf(join);
  };
  return {
    after(last) {
      if (last === undefined) return () => usualCost;
      const ofLast = known.get(last) ?? new Map<CouplePose, number>();
      known.set(last, ofLast);
      return (first) => {
        if (first === undefined) return usualCost;
        const looked = ofLast.get(first);
        if (looked !== undefined) return looked;
        const cost = costBetween(last, first);
        ofLast.set(first, cost);
        return cost;
      };
    },
  };
}

function poseAt({ poses }: Move, count: number): CouplePose | undefined {
  return poses?.find((pose) => pose.count === count);
}

function costOf({ distance, turned }: Join): number {
  return distance + COST_OF_FACING_AWAY * (turned ?? 0);
}

function placeDistance({ centre: a }: CouplePose, { centre: b }: CouplePose): number {
  return a === null || b === null ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Whichever dancer of the one clip is taken for whichever of the other: who leads cannot be seen. */
function compare(before: CouplePose | undefined, after: CouplePose | undefined): Join | null {
  const [a, b] = [before?.dancers, after?.dancers];
  if (!a || !b) return null;
  const straight = meanOf(distanceBetween(a[0], b[0]), distanceBetween(a[1], b[1]));
  const crossed = meanOf(distanceBetween(a[0], b[1]), distanceBetween(a[1], b[0]));
  if (straight === null && crossed === null) return null;
  const isCrossed = (crossed ?? Number.POSITIVE_INFINITY) < (straight ?? Number.POSITIVE_INFINITY);
  const distance = (isCrossed ? crossed : straight) ?? 0;
  return { distance, turned: turnedBetween(before!, after!, isCrossed) };
}

function distanceBetween(a: DancerPose, b: DancerPose): number | null {
  return poseDistance(a, b, LEAST_SHARED_KEYPOINTS);
}

function meanOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : (a + b) / 2;
}

function turnedBetween(
  { facing: a }: CouplePose,
  { facing: b }: CouplePose,
  isCrossed: boolean,
): number | null {
  if (a === null || b === null) return null;
  const [first, second] = isCrossed ? [b[1], b[0]] : b;
  return (halfTurns(a[0], first) + halfTurns(a[1], second)) / 2;
}

function halfTurns(fromDegrees: number, toDegrees: number): number {
  const apart = Math.abs(fromDegrees - toDegrees) % (2 * HALF_TURN_DEGREES);
  return Math.min(apart, 2 * HALF_TURN_DEGREES - apart) / HALF_TURN_DEGREES;
}
