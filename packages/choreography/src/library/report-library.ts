import { DIFFICULTIES, ENERGY_LEVELS, STYLES, SURE_RHYTHM } from '@bachata-buddy/vocabulary';
import { compareIds } from '../compare-ids.ts';
import type { Move } from '../move.ts';
import { familyOf, roleOf } from '../plan/move-family.ts';
import { joinBetween, OTHER_POSES } from './joins.ts';

/** With fewer moves of a kind a dance that asks for it repeats itself. */
const FEW_MOVES = 4;

/** A move, and how sure it is which beat of its clip is the "1": 0..1, null where somebody says which. */
export interface ReportedMove extends Move {
  readonly downbeatConfidence: number | null;
}

/** How many moves there are of something. */
export interface Share {
  readonly name: string;
  readonly moves: number;
}

/** What there is to dance with, and what is amiss with it; ids of moves, sorted. */
export interface LibraryReport {
  readonly moves: number;
  readonly levels: readonly Share[];
  readonly energies: readonly Share[];
  readonly styles: readonly Share[];
  /** The most frequent first. */
  readonly families: readonly Share[];
  /** Of what there is so little that dances repeat themselves: "advanced, low energy". Levels count the easier ones too. */
  readonly thin: readonly Share[];
  readonly joins: {
    /** Moves of which it is known how they begin and end. */
    readonly known: number;
    /** Behind which none of the others begins in nearly the same poses. */
    readonly noneAfter: readonly string[];
    /** Before which none of the others ends in nearly the same poses. */
    readonly noneBefore: readonly string[];
  };
  /** Nobody has looked for poses. */
  readonly notLookedAt: readonly string[];
  /** Somebody has, and found both dancers nowhere; or not where the move begins or ends, so that joins do not know it. */
  readonly nobodyFound: readonly string[];
  readonly endsUnknown: readonly string[];
  readonly unsureDownbeats: readonly { readonly moveId: string; readonly confidence: number }[];
}

/** Looks a library over for whoever fills it. */
export function reportLibrary(moves: readonly ReportedMove[]): LibraryReport {
  const sorted = [...moves].sort((a, b) => compareIds(a.moveId, b.moveId));
  const count = (isOne: (move: Move) => boolean) => sorted.filter(isOne).length;
  const levels = DIFFICULTIES.map((name) => ({ name, moves: count((move) => move.difficulty === name) }));
  const energies = ENERGY_LEVELS.map((name) => ({ name, moves: count((move) => move.energyLevel === name) }));
  const styles = STYLES.map((name) => ({ name, moves: count((move) => move.style === name) }));
  const looked = sorted.filter(({ poses }) => poses !== null && poses !== undefined);
  const isSeen = ({ poses }: Move) => poses?.some(({ dancers }) => dancers !== null) === true;
  return {
    moves: sorted.length,
    levels,
    energies,
    styles,
    families: familiesOf(sorted),
    thin: thinOf(sorted),
    joins: joinsOf(sorted.filter(hasKnownEnds)),
    notLookedAt: idsOf(sorted.filter((move) => !looked.includes(move))),
    nobodyFound: idsOf(looked.filter((move) => !isSeen(move))),
    endsUnknown: idsOf(looked.filter((move) => isSeen(move) && !hasKnownEnds(move))),
    unsureDownbeats: sorted.flatMap(({ moveId, downbeatConfidence: confidence }) =>
      confidence !== null && confidence < SURE_RHYTHM ? [{ moveId, confidence }] : [],
    ),
  };
}

function idsOf(moves: readonly Move[]): string[] {
  return moves.map(({ moveId }) => moveId);
}

function familiesOf(moves: readonly Move[]): Share[] {
  const counts = new Map<string, number>();
  for (const { label } of moves) counts.set(familyOf(label), (counts.get(familyOf(label)) ?? 0) + 1);
  return [...counts]
    .map(([name, number]) => ({ name, moves: number }))
    .sort((a, b) => b.moves - a.moves || compareIds(a.name, b.name));
}

/** What a request can ask for of which there is little: a level (easier moves count) with an energy or a style, and ends. */
function thinOf(moves: readonly Move[]): Share[] {
  const kinds = DIFFICULTIES.flatMap((level) => {
    const reached = DIFFICULTIES.slice(0, DIFFICULTIES.indexOf(level) + 1);
    const ofLevel = moves.filter(({ difficulty }) => reached.includes(difficulty));
    return [
      ...ENERGY_LEVELS.map((energy) => ({
        name: `${level}, ${energy} energy`,
        moves: ofLevel.filter(({ energyLevel }) => energyLevel === energy).length,
      })),
      ...STYLES.map((style) => ({
        name: `${level}, ${style}`,
        moves: ofLevel.filter((move) => move.style === style).length,
      })),
    ];
  });
  const roles = [
    { name: 'entrances', moves: moves.filter((move) => roleOf(move) === 'intro').length },
    { name: 'exits', moves: moves.filter((move) => roleOf(move) === 'outro').length },
  ].filter((role) => role.moves === 0);
  return [...kinds.filter((kind) => kind.moves < FEW_MOVES), ...roles];
}

function hasKnownEnds({ poses, counts }: Move): boolean {
  const isKnownAt = (at: number) => poses?.find(({ count }) => count === at)?.dancers != null;
  return isKnownAt(0) && isKnownAt(counts);
}

/** Nothing comes before an entrance or behind an exit. */
function joinsOf(known: readonly Move[]): LibraryReport['joins'] {
  const whole = (move: Move) => ({ move, fromCount: 0, toCount: move.counts });
  const isNear = (before: Move, after: Move): boolean => {
    const join = before === after ? null : joinBetween(whole(before), whole(after));
    return join !== null && join.distance < OTHER_POSES;
  };
  const entered = known.filter((move) => roleOf(move) !== 'intro');
  const left = known.filter((move) => roleOf(move) !== 'outro');
  return {
    known: known.length,
    noneAfter: idsOf(left.filter((move) => !entered.some((other) => isNear(move, other)))),
    noneBefore: idsOf(entered.filter((move) => !left.some((other) => isNear(other, move)))),
  };
}
