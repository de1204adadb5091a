import { DIFFICULTIES, moveFamily } from '@bachata-buddy/vocabulary';
import type { ChoreographyRequest } from '../choreography-request.ts';
import { compareIds } from '../compare-ids.ts';
import { fnv1a } from '../embedding/embed-text.ts';
import type { MoveHit } from '../library/move-library.ts';
import type { Move } from '../move.ts';
import type { Candidates } from './candidates.ts';
import { familyOf, livelinessOf, type Role, roleOf } from './move-family.ts';
import { clampedPlayback, exactPlayback, overrunPlayback, type Playback, rateOf } from './playback.ts';
import type { Slot } from './slots.ts';
import type { Wishes } from './wishes.ts';

/** What the options of every slot are made from. */
export interface PlanContext {
  readonly candidates: Candidates;
  readonly request: ChoreographyRequest;
  readonly wishes: Wishes;
}

/** One move in one place. */
export interface StepOption {
  readonly move: Move;
  readonly family: string;
  readonly slot: Slot;
  /** How many of the original slots it fills: 1 or 2. */
  readonly span: 1 | 2;
  readonly playback: Playback;
  readonly similarity: number;
  readonly isRequested: boolean;
  readonly isRefused: boolean;
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

export const FAULTS = { noRole: 1, misplacedRole: 2, repeated: 3, clamped: 8, refused: 16 } as const;
const MOST_OPTIONS = 24;
/** With fewer faultless candidates than this, the reserve is asked for the slot. */
const LEAST_FAULTLESS = 2;

/**
 * The best options of a slot: candidates that fit its tempo; where there are hardly any, those of the reserve,
 * the clamped and the refused ones last. Empty where no clip is long enough.
 */
export function optionsOf(slot: Slot, place: Place, context: PlanContext): StepOption[] {
  const { candidates } = context;
  const options = candidates.hits.flatMap((hit) => optionOf(hit, slot, place, context) ?? []);
  const faultless = options.filter((option) => option.faults === 0).length;
  if (faultless < LEAST_FAULTLESS && place.span === 1) {
    const fitting = new Set(options.map((option) => option.move.moveId));
    const others = [...candidates.hits, ...candidates.reserve()].filter(
      (hit) => !fitting.has(hit.move.moveId),
    );
    options.push(...others.flatMap((hit) => optionOf(hit, slot, place, context, true) ?? []));
  }
  return options.sort(byFaultsAndScore).slice(0, MOST_OPTIONS);
}

function byFaultsAndScore(a: StepOption, b: StepOption): number {
  return a.faults - b.faults || b.score - a.score || compareIds(a.move.moveId, b.move.moveId);
}

function optionOf(
  { move, similarity }: MoveHit,
  slot: Slot,
  place: Place,
  context: PlanContext,
  allowsClamped = false,
): StepOption | null {
  const playback = playbackFor(move, slot, allowsClamped);
  if (playback === null) return null;
  const { wishes } = context;
  const isRefused = wishes.isRefused(move);
  const isRequested = wishes.isRequested(move);
  const faults =
    roleFaults(roleOf(move), place) +
    (playback.isClamped ? FAULTS.clamped : 0) +
    (isRefused ? FAULTS.refused : 0);
  const option = {
    move,
    family: familyOf(move.label),
    slot,
    span: place.span,
    playback,
    similarity,
    isRequested,
    isRefused,
    faults,
  };
  return { ...option, score: place.span * scoreOf(option, context) };
}

/** How a clip fills a slot, its extra counts too where there is the footage; null where it cannot. */
export function playbackFor(move: Move, slot: Slot, allowsClamped: boolean): Playback | null {
  const { counts, extraCounts, durationSec, fullDurationSec } = slot;
  if (extraCounts > 0) {
    const full = overrunPlayback(move, { counts: counts + extraCounts, durationSec: fullDurationSec });
    if (full !== null && move.counts >= counts) return full;
  }
  return exactPlayback(move, slot) ?? (allowsClamped ? clampedPlayback(move, { counts, durationSec }) : null);
}

function roleFaults(role: Role, { isFirst, isLast }: Place): number {
  const wanted: Role = isFirst ? 'intro' : isLast ? 'outro' : 'middle';
  if (role === wanted) return 0;
  return role === 'middle' ? FAULTS.noRole : FAULTS.misplacedRole;
}

const WEIGHTS = {
  similarity: 1,
  style: 0.5,
  energyLevel: 0.3,
  sectionEnergy: 1,
  difficulty: 0.6,
  easierStep: 0.2,
  harderStep: 0.7,
  simpleFamily: 0.4,
  wholeClip: 0.15,
  retiming: 0.6,
  covering: 0.3,
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

function scoreOf(option: Omit<StepOption, 'score'>, { request, wishes }: PlanContext): number {
  const { move, slot, playback, similarity } = option;
  const liveliness = livelinessOf(move);
  const isSimple = wishes.wantsSimpleSteps && moveFamily(option.family)?.isSimple === true;
  const isCovering = slot.extraCounts > 0 && playback.counts > slot.counts;
  return (
    WEIGHTS.similarity * similarity +
    (move.style === request.style ? WEIGHTS.style : 0) +
    (move.energyLevel === request.energyLevel ? WEIGHTS.energyLevel : 0) +
    WEIGHTS.sectionEnergy * (1 - Math.abs(targetEnergy(slot, request) - liveliness)) +
    difficultyScore(move, request) +
    (isSimple ? WEIGHTS.simpleFamily : 0) +
    (playback.counts >= move.counts ? WEIGHTS.wholeClip : 0) +
    (isCovering ? WEIGHTS.covering : 0) -
    WEIGHTS.retiming * Math.abs(Math.log(rateOf(move, playback))) +
    WEIGHTS.chance * chance(request.seed, slot, move)
  );
}

/** 0 calm .. 1 wild: what the section's label and loudness and the request ask for together. */
export function targetEnergy(slot: Slot, request: ChoreographyRequest): number {
  const ofSection = 0.5 * SECTION_ENERGY[slot.section.label] + 0.5 * slot.section.energy;
  return 0.6 * ofSection + 0.4 * REQUEST_ENERGY[request.energyLevel];
}

/** Too hard is worse than too easy. */
function difficultyScore(move: Move, request: ChoreographyRequest): number {
  const steps = DIFFICULTIES.indexOf(move.difficulty) - DIFFICULTIES.indexOf(request.difficulty);
  if (steps === 0) return WEIGHTS.difficulty;
  return steps > 0 ? -WEIGHTS.harderStep * steps : WEIGHTS.easierStep * steps;
}

/** 0..1, the same for the same seed, place and move. */
function chance(seed: number, slot: Slot, move: Move): number {
  return fnv1a(`${seed} ${slot.startSec.toFixed(6)} ${move.moveId}`) / 2 ** 32;
}
