import { compareIds } from '../compare-ids.ts';
import type { ClipPart } from '../library/joins.ts';
import type { MoveLibrary } from '../library/move-library.ts';
import type { Pause } from '../pause.ts';
import type { Echo } from './echoes.ts';
import { type JoinScore, makeJoinScore } from './join-score.ts';
import { partOfStep } from './parts-shown.ts';
import { FAULTS, type StepOption } from './step-options.ts';
import { makeWishJudge, type WishJudge, type WishProgress } from './wish-progress.ts';
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
const SHARE_OF_TIMING = { free: 1, early: -0.4, 'in place': 1.3 } as const;
/** Moves after which a repeat does not strike anybody any more. */
const FORGOTTEN_AFTER = 10;
/** Beyond so many uses too many, one more makes no difference: a small library has no choice. */
const MOST_COUNTED_USES = 4;

export interface SequenceQuestion {
  /** The options of each slot; those of span 2 fill the next slot too. */
  readonly optionsOfSlots: readonly (readonly StepOption[])[];
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
}

interface Dance {
  readonly score: number;
  readonly last: StepOption | null;
  /** What of its clip the last option shows. */
  readonly lastPart: ClipPart | null;
  readonly before: Dance | null;
  readonly length: number;
  /** Where the last option stands. */
  readonly slot: number;
  readonly progress: WishProgress;
}

/**
 * The best order of moves: one option after the other until all slots are filled. Looks at relevance, variety, what was
 * asked for, what repeats in the song and how the poses join, and breaks a rule only where every way breaks one.
 *
 * Returns null where some slot cannot be reached or filled.
 */
export async function searchSequence(question: SequenceQuestion): Promise<Sequence | null> {
  const { optionsOfSlots } = question;
  const beams: Dance[][] = Array.from({ length: optionsOfSlots.length + 1 }, () => []);
  const wishes = makeWishJudge(question.wishes, optionsOfSlots.length);
  beams[0]!.push({
    score: 0,
    last: null,
    lastPart: null,
    before: null,
    length: 0,
    slot: -1,
    progress: wishes.start,
  });
  const idealGap = Math.min(FORGOTTEN_AFTER, distinctMoves(optionsOfSlots) - 1);
  const judge: Judge = {
    question,
    wishes,
    joinScore: makeJoinScore(question.library),
    idealGap,
    fairShare: optionsOfSlots.length / Math.max(1, distinctMoves(optionsOfSlots)),
  };
  for (const [slot, options] of optionsOfSlots.entries()) {
    for (const dance of best(beams[slot]!)) {
      const history = historyOf(dance);
      for (const option of options) {
        beams[slot + option.span]?.push(extend(dance, option, slot, history, judge));
      }
      await question.pause?.();
    }
    // Spent beams are let go, so that a long song does not hold them all.
    beams[slot] = [];
  }
  const finished = beams.at(-1)!.map((dance) => ({
    ...dance,
    score: dance.score - wishes.open(dance.progress).length * FAULTS.wish * COST_OF_FAULT,
  }));
  const winner = best(finished)[0];
  if (winner === undefined) return null;
  return { steps: stepsOf(winner), openWishes: wishes.open(winner.progress) };
}

interface Judge {
  readonly question: SequenceQuestion;
  readonly wishes: WishJudge;
  readonly joinScore: JoinScore;
  readonly idealGap: number;
  readonly fairShare: number;
}

/** How often and how long ago a dance has used its moves. */
interface History {
  readonly uses: ReadonlyMap<string, number>;
  readonly lastUse: ReadonlyMap<string, number>;
  /** The option that begins at a slot. */
  readonly atSlot: ReadonlyMap<number, StepOption>;
}

function extend(dance: Dance, option: StepOption, slot: number, history: History, judge: Judge): Dance {
  const { moveId } = option.move;
  const { question, wishes } = judge;
  const isLast = slot + option.span === question.optionsOfSlots.length;
  const wished = wishes.step(dance.progress, option.move, { isFirst: slot === 0, isLast });
  const isRepeated = dance.last?.move.moveId === moveId;
  const faults = option.faults + (isRepeated ? FAULTS.repeated : 0) + wished.tooOften * FAULTS.wish;
  const part = partOfStep(option, history.uses.get(moveId) ?? 0);
  const echo = echoOf(option, slot, history, question.echoes);
  const gain =
    option.score +
    (echo > 0 ? echo : varietyScore(dance, option, history, judge) + echo) +
    WEIGHTS.wishMet * SHARE_OF_TIMING[option.wishTiming] * wished.nearer +
    (option.isRequested ? WEIGHTS.requestedAgain : 0) +
    (dance.lastPart === null ? 0 : judge.joinScore(dance.lastPart, part, option.slot));
  return {
    score: dance.score + gain - faults * COST_OF_FAULT,
    last: option,
    lastPart: part,
    before: dance,
    length: dance.length + 1,
    slot,
    progress: wished.progress,
  };
}

/** What it is worth that a move comes again where the song does: more than variety; less than nothing at the end. */
function echoOf(
  option: StepOption,
  slot: number,
  { atSlot }: History,
  echoes: ReadonlyMap<number, Echo>,
): number {
  const begin = echoes.get(slot);
  const end = echoes.get(slot + option.span - 1);
  if (end?.isVaried === true) {
    const covering = atSlot.get(end.earlier) ?? atSlot.get(end.earlier - 1);
    return covering?.move === option.move ? -WEIGHTS.echoed : 0;
  }
  const earlier = begin === undefined ? undefined : atSlot.get(begin.earlier);
  return earlier?.move === option.move && earlier.span === option.span ? WEIGHTS.echoed * option.span : 0;
}

function varietyScore(dance: Dance, option: StepOption, history: History, judge: Judge): number {
  const lastUse = history.lastUse.get(option.move.moveId);
  const gap = lastUse === undefined ? Number.POSITIVE_INFINITY : dance.length - lastUse;
  const soon = judge.idealGap > 0 ? Math.max(0, 1 - gap / (judge.idealGap + 1)) : 0;
  const often = Math.max(0, (history.uses.get(option.move.moveId) ?? 0) + 1 - judge.fairShare);
  const isSameFamily = dance.last?.family === option.family;
  const ofFamily = option.isRequested ? WEIGHTS.sameRequestedFamily : WEIGHTS.sameFamily;
  return (
    -WEIGHTS.soonRepeated * soon -
    WEIGHTS.oftenUsed * Math.min(MOST_COUNTED_USES, often) -
    (isSameFamily ? ofFamily : 0)
  );
}

function historyOf(dance: Dance): History {
  const uses = new Map<string, number>();
  const lastUse = new Map<string, number>();
  const atSlot = new Map<number, StepOption>();
  for (let at: Dance | null = dance; at?.last; at = at.before) {
    const { moveId } = at.last.move;
    uses.set(moveId, (uses.get(moveId) ?? 0) + 1);
    if (!lastUse.has(moveId)) lastUse.set(moveId, at.length - 1);
    atSlot.set(at.slot, at.last);
  }
  return { uses, lastUse, atSlot };
}

function best(dances: Dance[]): Dance[] {
  return dances
    .sort((a, b) => b.score - a.score || compareIds(a.last?.move.moveId ?? '', b.last?.move.moveId ?? ''))
    .slice(0, BEAM_WIDTH);
}

function stepsOf(dance: Dance): StepOption[] {
  const steps: StepOption[] = [];
  for (let at: Dance | null = dance; at?.last; at = at.before) steps.push(at.last);
  return steps.reverse();
}

function distinctMoves(optionsOfSlots: readonly (readonly StepOption[])[]): number {
  const ofLevel = optionsOfSlots.flatMap((options) => options.filter(({ faults }) => faults < FAULTS.harder));
  return new Set(ofLevel.map((option) => option.move.moveId)).size;
}
