import type { MoveLibrary } from '../library/move-library.ts';
import type { Pause } from '../pause.ts';
import { type Beam, makeBeam } from './beam.ts';
import { type DanceHistory, makeDanceHistory } from './dance-history.ts';
import type { Echo } from './echoes.ts';
import { beginning, type Choice, type HalfMadeDance, stepsOf } from './half-made-dance.ts';
import { type JoinScore, makeJoinScore } from './join-score.ts';
import { partOfStep } from './parts-shown.ts';
import type { SlotOptions } from './slot-options.ts';
import { FAULTS, type StepOption } from './step-options.ts';
import { type ExceededWish, makeWishJudge, type WishJudge, type WishStep } from './wish-progress.ts';
import type { MoveWish } from './wishes.ts';

/** Half-made dances kept at each slot. */
const BEAM_WIDTH = 20;
/** Outweighs what any score can gain. */
const COST_OF_FAULT = 1_000;
const WEIGHTS = {
  soonRepeated: 1.4,
  oftenUsed: 0.5,
  sameFamily: 0.45,
  sameRequestedFamily: 0.15,
  /** What was asked for comes before anything that only suits better. */
  wishMet: 2.5,
  requestedAgain: 0.15,
  /** The same part of the song again: the same dance. */
  echoed: 1.6,
} as const;
/** What a wish gains by when it is met: before the place proposed for it, something is lost, and it is kept for later. */
const SHARE_OF_TIMING = { free: 1, early: -0.8, 'in place': 1.3 } as const;
/** Moves after which a repeat does not strike anybody any more. */
const FORGOTTEN_AFTER = 10;
/** Beyond so many uses too many, one more makes no difference: a small library has no choice. */
const MOST_COUNTED_USES = 4;

export interface SequenceQuestion {
  readonly options: SlotOptions;
  readonly wishes: readonly MoveWish[];
  /** Of {@link findEchoes}. */
  readonly echoes: ReadonlyMap<number, Echo>;
  readonly library: Pick<MoveLibrary, 'usualJoinCost' | 'lookOf'>;
  readonly pause?: Pause | undefined;
}

export interface Sequence {
  readonly steps: readonly StepOption[];
  /** What it does not meet of what was asked for. */
  readonly openWishes: readonly MoveWish[];
  /** What it has more of than was asked for. */
  readonly exceededWishes: readonly ExceededWish[];
}

/**
 * The best order of moves: one option after the other until all slots are filled. Looks at relevance, variety, what was
 * asked for, what repeats in the song and how the poses join, and breaks a rule only where every way breaks one.
 *
 * Returns null where some slot cannot be reached or filled.
 */
export async function searchSequence(question: SequenceQuestion): Promise<Sequence | null> {
  const judge = makeJudge(question);
  const { options } = question;
  const beams = Array.from({ length: options.slotCount + 1 }, () => makeBeam<HalfMadeDance>(BEAM_WIDTH));
  beams[0]!.add(beginning(judge.wishes.start));
  for (let slot = 0; slot < options.slotCount; slot += 1) {
    const choices = options.at(slot).map(judge.choiceOf);
    for (const dance of beams[slot]!.items) {
      judge.history.recall(dance);
      extend(dance, { slot, choices, beams }, judge);
      await question.pause?.();
    }
    // Spent beams are let go, so that a long song does not hold them all.
    beams[slot] = makeBeam(BEAM_WIDTH);
  }
  const winner = beams.at(-1)!.items[0];
  if (winner === undefined) return null;
  const { progress } = winner;
  return {
    steps: stepsOf(winner),
    openWishes: judge.wishes.open(progress),
    exceededWishes: judge.wishes.exceeded(progress),
  };
}

interface Judge {
  readonly echoes: ReadonlyMap<number, Echo>;
  readonly wishes: WishJudge;
  readonly joinScore: JoinScore;
  readonly history: DanceHistory;
  readonly choiceOf: (option: StepOption) => Choice;
  readonly idealGap: number;
  readonly fairShare: number;
}

function makeJudge({ options, wishes, echoes, library }: SequenceQuestion): Judge {
  const joinScore = makeJoinScore(library);
  const numberOf = makeNumbers();
  const { slotCount, moveCount, moveCountOfLevel } = options;
  return {
    echoes,
    wishes: makeWishJudge(wishes, slotCount),
    joinScore,
    history: makeDanceHistory(moveCount, slotCount),
    choiceOf: (option) => ({
      option,
      move: numberOf(option.move.moveId),
      isWished: wishes.some(({ isMetBy }) => isMetBy(option.move)),
      ends: option.playback.trimStartsSec.map((_, use) => joinScore.endsOf(partOfStep(option, use))),
    }),
    idealGap: Math.min(FORGOTTEN_AFTER, moveCountOfLevel - 1),
    fairShare: slotCount / Math.max(1, moveCountOfLevel),
  };
}

/** Numbers from 0, one for each id. */
function makeNumbers(): (id: string) => number {
  const numbers = new Map<string, number>();
  return (id) => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  };
}

interface Step {
  readonly slot: number;
  readonly choices: readonly Choice[];
  readonly beams: readonly Beam<HalfMadeDance>[];
}

/** Puts what a dance may go on with into the beams where that ends; the history is the dance's. */
function extend(dance: HalfMadeDance, { slot, choices, beams }: Step, judge: Judge): void {
  const { wishes, history } = judge;
  const place = choices[0]?.option.slot;
  const joinAfter =
    dance.lastEnds === null || place === undefined ? null : judge.joinScore.after(dance.lastEnds, place);
  for (const choice of choices) {
    const { option, move } = choice;
    const end = slot + option.span;
    const beam = beams[end];
    if (beam === undefined) continue;
    const isLast = end === beams.length - 1;
    const wished = choice.isWished
      ? wishes.step(dance.progress, option.move, { isFirst: slot === 0, isLast })
      : null;
    const progress = wished?.progress ?? dance.progress;
    const lastEnds = choice.ends[history.uses(move) % choice.ends.length]!;
    const join = joinAfter === null ? 0 : joinAfter(lastEnds);
    const gain = suitability(choice, dance, slot, judge) + wishScore(option, wished) + join;
    const openWishes = isLast ? wishes.open(progress).length : 0;
    const faults = faultsOf(choice, dance, wished) + openWishes * FAULTS.wish;
    const score = dance.score + gain - faults * COST_OF_FAULT;
    const id = option.move.moveId;
    // Most would not stay: those are never made.
    if (!beam.holds(score, id)) continue;
    const length = dance.length + 1;
    beam.add({ score, id, last: choice, lastEnds, before: dance, length, slot, progress });
  }
}

function faultsOf({ option, move }: Choice, { last }: HalfMadeDance, wished: WishStep | null): number {
  const isRepeated = last?.move === move;
  return option.faults + (isRepeated ? FAULTS.repeated : 0) + (wished?.tooOften ?? 0) * FAULTS.wish;
}

function wishScore({ wishTiming, isRequested }: StepOption, wished: WishStep | null): number {
  const met = WEIGHTS.wishMet * SHARE_OF_TIMING[wishTiming] * (wished?.nearer ?? 0);
  return met + (isRequested ? WEIGHTS.requestedAgain : 0);
}

/** By itself, and as another move than those before it, or as the same where the song comes again. */
function suitability(choice: Choice, dance: HalfMadeDance, slot: number, judge: Judge): number {
  const echo = echoOf(choice, slot, judge);
  return choice.option.score + (echo > 0 ? echo : varietyScore(choice, dance, judge) + echo);
}

/** What it is worth that a move comes again where the song does: more than variety; less than nothing at the end. */
function echoOf({ option, move }: Choice, slot: number, { echoes, history }: Judge): number {
  const begin = echoes.get(slot);
  const end = echoes.get(slot + option.span - 1);
  if (end?.isVaried === true) {
    const covering = history.at(end.earlier) ?? history.at(end.earlier - 1);
    // Sixteen counts are half of a chorus and more: whether they come again is left to what else speaks for them.
    const isLong = covering?.option.span === 2 && option.span === 2;
    return covering?.move === move && !isLong ? -WEIGHTS.echoed : 0;
  }
  const earlier = begin === undefined ? null : history.at(begin.earlier);
  return earlier?.move === move && earlier.option.span === option.span ? WEIGHTS.echoed * option.span : 0;
}

function varietyScore({ option, move }: Choice, dance: HalfMadeDance, judge: Judge): number {
  const { history, idealGap, fairShare } = judge;
  const gap = dance.length - history.lastUse(move);
  const soon = idealGap > 0 ? Math.max(0, 1 - gap / (idealGap + 1)) : 0;
  const often = Math.max(0, history.uses(move) + 1 - fairShare);
  const isSameFamily = dance.last?.option.family === option.family;
  const ofFamily = option.isRequested ? WEIGHTS.sameRequestedFamily : WEIGHTS.sameFamily;
  return (
    -WEIGHTS.soonRepeated * soon -
    WEIGHTS.oftenUsed * Math.min(MOST_COUNTED_USES, often) -
    (isSameFamily ? ofFamily : 0)
  );
}
