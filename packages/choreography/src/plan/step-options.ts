import { moveFamily } from '@bachata-buddy/vocabulary';
import type { ChoreographyRequest } from '../choreography-request.ts';
import { compareIds } from '../compare-ids.ts';
import { fnv1a } from '../embedding/embed-text.ts';
import type { MoveHit } from '../library/move-library.ts';
import type { Move } from '../move.ts';
import type { Arc } from './arc.ts';
import type { Candidates } from './candidates.ts';
import { type Design, livelinessFit, motifFit, type WishTiming, wishTiming } from './design.ts';
import { levelsAbove } from './levels-above.ts';
import { familyOf, livelinessOf, type Role, roleOf } from './move-family.ts';
import { exactPlayback, overrunPlayback, type Playback, rateOf } from './playback.ts';
import type { Slot } from './slots.ts';
import type { MoveWish, Wishes } from './wishes.ts';

/** What the options of every slot are made from. */
export interface PlanContext {
  readonly candidates: Candidates;
  readonly request: ChoreographyRequest;
  readonly wishes: Wishes;
  readonly arc: Arc;
  /** What is proposed for the dance; null for nothing. */
  readonly design: Design | null;
}

/** One move in one place. */
export interface StepOption {
  /** What it is made of. */
  readonly hit: MoveHit;
  readonly move: Move;
  readonly family: string;
  readonly slot: Slot;
  /** How many of the original slots it fills: 1 or 2. */
  readonly span: 1 | 2;
  readonly playback: Playback;
  readonly isRequested: boolean;
  /** Of a family that is proposed for this section. */
  readonly isProposed: boolean;
  readonly wishTiming: WishTiming;
  /** How many rules it breaks, the graver the more; 0 for none. Outweighs any score. */
  readonly faults: number;
  /** How well it suits the place by itself. */
  readonly score: number;
}

/** Where a slot stands in the dance. */
export interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly span: 1 | 2;
}

/**
 * What a dance gives up last stands highest: the level, then what was asked for, then that no move comes twice running,
 * then that what opens and closes stands where it belongs. What was refused is no option at all.
 */
export const FAULTS = { noRole: 1, misplacedRole: 2, repeated: 3, wish: 8, harder: 24 } as const;
const MOST_OPTIONS = 24;
/** Kept of each move that was asked for, whatever else suits the place better. */
const MOST_FOR_A_WISH = 3;
/** Kept of the moves that may come as often as they like, where of others no more than so many may. */
const LEAST_FREE = 8;
/** With fewer faultless candidates than this, the reserve is asked for the slot. */
const LEAST_FAULTLESS = 2;

/**
 * The best options of a slot: candidates that fit its tempo; where there are hardly any, those of the reserve. Empty
 * where no clip fits, or only refused ones.
 */
export function optionsOf(slot: Slot, place: Place, context: PlanContext): StepOption[] {
  const { candidates } = context;
  const options = optionsOfHits(candidates.hits, slot, place, context);
  const faultless = options.filter((option) => option.faults === 0).length;
  if (faultless < LEAST_FAULTLESS && place.span === 1) {
    options.push(...optionsOfHits(candidates.reserve(), slot, place, context));
  }
  return withWished(options.sort(byFaultsAndScore), context);
}

/** The options that these hits make in a slot, in that order. */
export function optionsOfHits(
  hits: readonly MoveHit[],
  slot: Slot,
  place: Place,
  context: PlanContext,
): StepOption[] {
  const seat = makeSeat(slot, place, context);
  return hits.flatMap((hit) => optionOf(hit, seat, context) ?? []);
}

/** A place in the dance, and what it asks of whoever takes it. */
interface Seat {
  readonly slot: Slot;
  readonly place: Place;
  /** Who says how the dance begins or ends means that, and not an entrance or an exit. */
  readonly wishedHere: readonly MoveWish[];
  /** 0 calm .. 1 wild. */
  readonly energy: number;
  /** How much of the level asked for. */
  readonly difficulty: number;
  readonly isHighlight: boolean;
}

function makeSeat(slot: Slot, place: Place, { wishes, request, arc }: PlanContext): Seat {
  const isOfPlace = ({ place: wished }: MoveWish) =>
    (wished === 'opening' && place.isFirst) || (wished === 'ending' && place.isLast);
  return {
    slot,
    place,
    wishedHere: wishes.moves.filter(isOfPlace),
    energy: targetEnergy(slot, request),
    difficulty: arc.difficultyAt(slot),
    isHighlight: arc.isHighlight(slot),
  };
}

/** Whether a slot has an option at all: {@link optionsOf} without judging them. */
export function canFill(slot: Slot, place: Place, context: PlanContext): boolean {
  const { candidates, wishes } = context;
  const fits = ({ move }: MoveHit) => !wishes.isRefused(move) && playbackFor(move, slot) !== null;
  return candidates.hits.some(fits) || (place.span === 1 && candidates.reserve().some(fits));
}

/** The best, those that meet a wish among them, and what may stand beside those. */
function withWished(sorted: readonly StepOption[], { wishes }: PlanContext): StepOption[] {
  const wished = wishes.moves.flatMap(({ isMetBy }) =>
    sorted.filter(({ move }) => isMetBy(move)).slice(0, MOST_FOR_A_WISH),
  );
  const { isLimited } = wishes;
  const free = isLimited === null ? [] : sorted.filter(({ move }) => !isLimited(move)).slice(0, LEAST_FREE);
  return [...new Set([...sorted.slice(0, MOST_OPTIONS), ...wished, ...free])];
}

function byFaultsAndScore(a: StepOption, b: StepOption): number {
  return a.faults - b.faults || b.score - a.score || compareIds(a.move.moveId, b.move.moveId);
}

function optionOf(hit: MoveHit, seat: Seat, context: PlanContext): StepOption | null {
  const { move } = hit;
  const { wishes, request, design } = context;
  const { slot, place } = seat;
  if (wishes.isRefused(move)) return null;
  const playback = playbackFor(move, slot);
  if (playback === null) return null;
  const family = familyOf(move.label);
  // In one piece: V8 keeps copies that get one more field through its quick collections, and most options are dropped again.
  return {
    hit,
    move,
    family,
    slot,
    span: place.span,
    playback,
    isRequested: wishes.isRequested(move),
    isProposed: motifFit(design, slot, family) > 0,
    wishTiming: wishTiming(design, slot, move, wishes.moves),
    faults: placeFaults(move, seat) + FAULTS.harder * Math.max(0, levelsAbove(move, request)),
    score: place.span * scoreOf({ hit, family, playback }, seat, context),
  };
}

/** How a clip fills a slot, its extra counts too where there is the footage; null where it cannot. */
export function playbackFor(move: Move, slot: Slot): Playback | null {
  const { counts, extraCounts, fullDurationSec } = slot;
  if (extraCounts > 0) {
    const full = overrunPlayback(move, { counts: counts + extraCounts, durationSec: fullDurationSec });
    if (full !== null && move.counts >= counts) return full;
  }
  return exactPlayback(move, slot);
}

function placeFaults(move: Move, { place, wishedHere }: Seat): number {
  if (wishedHere.length === 0) return roleFaults(roleOf(move), place);
  return wishedHere.some(({ isMetBy }) => isMetBy(move)) ? 0 : FAULTS.wish;
}

function roleFaults(role: Role, { isFirst, isLast }: Place): number {
  const wanted: Role = isFirst ? 'intro' : isLast ? 'outro' : 'middle';
  if (role === wanted) return 0;
  return role === 'middle' ? FAULTS.noRole : FAULTS.misplacedRole;
}

const WEIGHTS = {
  similarity: 1,
  style: 1.2,
  energyLevel: 0.15,
  sectionEnergy: 3.5,
  difficulty: 0.6,
  /** Of being off the level that the arc wants by all of it. */
  offArc: 2.2,
  /** Of the hardest and liveliest that is allowed, in the one place that the dance leads to. */
  highlight: 1.2,
  simpleFamily: 0.4,
  wholeClip: 1.0,
  /** Grows with the square of how far a clip is retimed: a little is not seen, at the limits it is. */
  retiming: 12,
  covering: 0.3,
  /** What is proposed decides among what the music and the wishes leave open. */
  proposedMotif: 1.4,
  proposedLiveliness: 0.4,
  /** The seed's share: enough to choose among equals, too little to beat a clear preference. */
  chance: 0.3,
} as const;
/** A section's label by itself, 0 calm .. 1 wild. */
const SECTION_ENERGY = {
  intro: 0.3,
  verse: 0.45,
  chorus: 0.75,
  mambo: 0.9,
  break: 0.35,
  outro: 0.3,
} as const;
const REQUEST_ENERGY = { low: 0.25, medium: 0.5, high: 0.8 } as const;

function scoreOf(
  { hit, family, playback }: Pick<StepOption, 'hit' | 'family' | 'playback'>,
  seat: Seat,
  context: PlanContext,
): number {
  const { request, wishes, design } = context;
  const { move } = hit;
  const { slot } = seat;
  const liveliness = livelinessOf(move);
  const shareOfLevel = levelShare(move, request);
  const isSimple = wishes.wantsSimpleSteps && moveFamily(family)?.isSimple === true;
  const isCovering = slot.extraCounts > 0 && playback.counts > slot.counts;
  return (
    WEIGHTS.similarity * hit.similarity +
    (move.style === request.style ? WEIGHTS.style : 0) +
    (move.energyLevel === request.energyLevel ? WEIGHTS.energyLevel : 0) +
    WEIGHTS.sectionEnergy * (1 - Math.abs(seat.energy - liveliness)) +
    WEIGHTS.difficulty -
    WEIGHTS.offArc * Math.abs(seat.difficulty - shareOfLevel) +
    (seat.isHighlight ? WEIGHTS.highlight * ((shareOfLevel + liveliness) / 2) : 0) +
    (isSimple ? WEIGHTS.simpleFamily : 0) +
    (playback.counts >= move.counts ? WEIGHTS.wholeClip : 0) +
    (isCovering ? WEIGHTS.covering : 0) +
    WEIGHTS.proposedMotif * motifFit(design, slot, family) +
    WEIGHTS.proposedLiveliness * livelinessFit(design, slot, liveliness) -
    WEIGHTS.retiming * Math.log(rateOf(move, playback)) ** 2 +
    WEIGHTS.chance * chance(request.seed, slot, move)
  );
}

/** 0 calm .. 1 wild: what the section's label and loudness and the request ask for together. */
export function targetEnergy(slot: Slot, request: ChoreographyRequest): number {
  const ofSection = 0.5 * SECTION_ENERGY[slot.section.label] + 0.5 * slot.section.energy;
  return 0.6 * ofSection + 0.4 * REQUEST_ENERGY[request.energyLevel];
}

/** How much of the level asked for a move takes: 1 for all of it, less for easier; harder is a fault, not a matter of taste. */
function levelShare(move: Move, request: ChoreographyRequest): number {
  return 1 + Math.min(0, levelsAbove(move, request)) / 2;
}

/** 0..1, the same for the same seed, place and move. */
function chance(seed: number, slot: Slot, move: Move): number {
  return fnv1a(`${seed} ${slot.startSec.toFixed(6)} ${move.moveId}`) / 2 ** 32;
}
