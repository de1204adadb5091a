import { compareIds } from '../compare-ids.ts';
import { poseSimilarity } from './pose-similarity.ts';
import { FAULTS, type StepOption } from './step-options.ts';

/** Half-made dances kept at each slot. */
const BEAM_WIDTH = 20;
/** Outweighs what any score can gain. */
const COST_OF_FAULT = 1_000;
const GAIN_OF_PIN = 50;
const WEIGHTS = {
  soonRepeated: 1.4,
  oftenUsed: 0.5,
  sameFamily: 0.45,
  sameRequestedFamily: 0.15,
  firstRequested: 0.9,
  laterRequested: 0.15,
  requestedOfMany: 1.2,
  poseContinuity: 0.15,
} as const;
/** Moves after which a repeat does not strike anybody any more. */
const FORGOTTEN_AFTER = 10;
/** Beyond so many uses too many, one more makes no difference: a small library has no choice. */
const MOST_COUNTED_USES = 4;

export interface SequenceQuestion {
  /** The options of each slot; those of span 2 fill the next slot too. */
  readonly optionsOfSlots: readonly (readonly StepOption[])[];
  /** Ids of moves to take where the rules allow it, by slot. */
  readonly pins?: ReadonlyMap<number, string>;
  readonly wantsMany: boolean;
}

interface Dance {
  readonly score: number;
  readonly last: StepOption | null;
  readonly before: Dance | null;
  readonly length: number;
  readonly hasRequested: boolean;
}

/**
 * The best order of moves: one option after the other until all slots are filled. Looks at relevance, variety, what was
 * asked for and how the poses join, and breaks a rule only where every way breaks one.
 *
 * Returns null where some slot cannot be reached or filled.
 */
export function searchSequence(question: SequenceQuestion): StepOption[] | null {
  const { optionsOfSlots } = question;
  const beams: Dance[][] = Array.from({ length: optionsOfSlots.length + 1 }, () => []);
  beams[0]!.push({ score: 0, last: null, before: null, length: 0, hasRequested: false });
  const idealGap = Math.min(FORGOTTEN_AFTER, distinctMoves(optionsOfSlots) - 1);
  const judge = {
    question,
    idealGap,
    fairShare: optionsOfSlots.length / Math.max(1, distinctMoves(optionsOfSlots)),
  };
  optionsOfSlots.forEach((options, slot) => {
    for (const dance of best(beams[slot]!)) {
      const history = historyOf(dance);
      for (const option of options) {
        beams[slot + option.span]?.push(extend(dance, option, slot, history, judge));
      }
    }
    // Spent beams are let go, so that a long song does not hold them all.
    beams[slot] = [];
  });
  const winner = best(beams.at(-1)!)[0];
  return winner === undefined ? null : stepsOf(winner);
}

interface Judge {
  readonly question: SequenceQuestion;
  readonly idealGap: number;
  readonly fairShare: number;
}

/** How often and how long ago a dance has used its moves. */
interface History {
  readonly uses: ReadonlyMap<string, number>;
  readonly lastUse: ReadonlyMap<string, number>;
}

function extend(dance: Dance, option: StepOption, slot: number, history: History, judge: Judge): Dance {
  const { moveId } = option.move;
  const isRepeated = dance.last?.move.moveId === moveId;
  const faults = option.faults + (isRepeated ? FAULTS.repeated : 0);
  const isPinned = judge.question.pins?.get(slot) === moveId;
  const gain =
    option.score +
    varietyScore(dance, option, history, judge) +
    requestScore(dance, option, judge.question.wantsMany) +
    WEIGHTS.poseContinuity * poseSimilarity(dance.last?.move, option.move) +
    (isPinned ? GAIN_OF_PIN : 0);
  return {
    score: dance.score + gain - faults * COST_OF_FAULT,
    last: option,
    before: dance,
    length: dance.length + 1,
    hasRequested: dance.hasRequested || option.isRequested,
  };
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

function requestScore(dance: Dance, option: StepOption, wantsMany: boolean): number {
  if (!option.isRequested) return 0;
  if (wantsMany) return WEIGHTS.requestedOfMany;
  return dance.hasRequested ? WEIGHTS.laterRequested : WEIGHTS.firstRequested;
}

function historyOf(dance: Dance): History {
  const uses = new Map<string, number>();
  const lastUse = new Map<string, number>();
  for (let at: Dance | null = dance; at?.last; at = at.before) {
    const { moveId } = at.last.move;
    uses.set(moveId, (uses.get(moveId) ?? 0) + 1);
    if (!lastUse.has(moveId)) lastUse.set(moveId, at.length - 1);
  }
  return { uses, lastUse };
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
  const faultless = optionsOfSlots.flatMap((options) => options.filter((option) => option.faults === 0));
  return new Set(faultless.map((option) => option.move.moveId)).size;
}
