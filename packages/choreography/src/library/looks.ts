import type { ClipLook, ColourShares } from '@bachata-buddy/vocabulary';
import type { Move } from '../move.ts';

/** Clips that differ by less are of one look: the same people, dressed alike, filmed alike. */
const SAME_LOOK = 0.5;
/** Of a library of more looks each further clip is put to the look that it is nearest to. */
const MOST_LOOKS = 64;
const WEIGHTS = { dancers: 1, background: 0.25, place: 0.2, size: 0.2 } as const;

/** A look that some clips share. */
export interface LookGroup {
  /** The mean of its clips. */
  look: ClipLook;
  clips: number;
}

/** Finds the looks of a library, a clip at a time, always in the same order of clips. */
export function makeLookGroups() {
  const groups: LookGroup[] = [];
  return {
    /** The number of the look that a clip has, from 0; null where it is not known how it looks. */
    groupOf({ look }: Move): number | null {
      if (look === null || look === undefined) return null;
      const colours = { dancers: new Map(look.dancers), background: new Map(look.background) };
      const distances = groups.map((group) => lookDistance(group.look, look, colours));
      const nearest = distances.indexOf(Math.min(...distances));
      const isOld = nearest >= 0 && (distances[nearest]! < SAME_LOOK || groups.length >= MOST_LOOKS);
      if (!isOld) return groups.push({ look, clips: 1 }) - 1;
      const group = groups[nearest]!;
      group.clips += 1;
      group.look = between(group.look, look, 1 / group.clips);
      return nearest;
    },
  };
}

/** A look's colours, to be compared with those of many. */
type Colours = Readonly<Record<'dancers' | 'background', ReadonlyMap<number, number>>>;

/** How differently two clips look, 0 for the same: colours of who dances and of what is around them, place and size. */
function lookDistance(a: ClipLook, b: ClipLook, coloursOfB: Colours): number {
  return (
    WEIGHTS.dancers * unshared(a.dancers, coloursOfB.dancers) +
    WEIGHTS.background * unshared(a.background, coloursOfB.background) +
    WEIGHTS.place * Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]) +
    WEIGHTS.size * Math.abs(a.size - b.size)
  );
}

/** The share of the colours that two pictures do not have in common, 0..1. */
function unshared(a: ColourShares, b: Colours['dancers']): number {
  const shared = a.reduce((sum, [colour, share]) => sum + Math.min(share, b.get(colour) ?? 0), 0);
  return Math.max(0, 1 - shared);
}

function between(a: ClipLook, b: ClipLook, share: number): ClipLook {
  const blend = (from: number, to: number) => from + (to - from) * share;
  return {
    dancers: blendColours(a.dancers, b.dancers, share),
    background: blendColours(a.background, b.background, share),
    centre: [blend(a.centre[0], b.centre[0]), blend(a.centre[1], b.centre[1])],
    size: blend(a.size, b.size),
  };
}

function blendColours(a: ColourShares, b: ColourShares, share: number): ColourShares {
  const mixed = new Map(a.map(([colour, part]) => [colour, part * (1 - share)]));
  for (const [colour, part] of b) mixed.set(colour, (mixed.get(colour) ?? 0) + part * share);
  return [...mixed].sort(([first], [second]) => first - second);
}
