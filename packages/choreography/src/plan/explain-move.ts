import type { MoveExplanation, PlannedMove } from '../choreography-request.ts';
import type { Join } from '../library/joins.ts';
import type { Move } from '../move.ts';
import { findEchoes } from './echoes.ts';
import { levelsAbove } from './levels-above.ts';
import { livelinessOf, roleOf } from './move-family.ts';
import { energyWord } from './reason.ts';
import { sectionNames } from './section-names.ts';
import { EIGHTS_PER_PHRASE } from './slots.ts';
import { type PlanContext, type StepOption, targetEnergy } from './step-options.ts';

/** From here on a dancer sees that a clip is played faster or slower than it was filmed. */
const SEEN_RETIMING = 0.05;
/** Heights of the picture: an arm that is held otherwise moves the mean this far. */
const NEAR_POSES = 0.06;
const BETWEEN_NOTES = '; ';
const REPEATED = 'it is repeated: nothing else fits';

/**
 * What a teacher says of each move of a dance: which phrase of which part it stands in, why here, how it joins the one
 * before, what was given up for it.
 */
export function explainMoves(
  steps: readonly StepOption[],
  {
    joins,
    transitions,
  }: {
    readonly joins: readonly (Join | null)[];
    readonly transitions: readonly PlannedMove['transition'][];
  },
  context: PlanContext,
): MoveExplanation[] {
  const slots = steps.map(({ slot }) => slot);
  const names = sectionNames(slots);
  const echoes = findEchoes(slots);
  return steps.map((step, index) => {
    const { slot, move } = step;
    const earlier = steps[echoes.get(index)?.earlier ?? -1];
    const echoed = earlier?.move.moveId === move.moveId ? names.get(earlier.slot.section.index) : undefined;
    const place = { isFirst: index === 0, isLast: index === steps.length - 1 };
    const compromise = compromisesOf(step, steps[index - 1], place, context).join(BETWEEN_NOTES);
    return {
      section: names.get(slot.section.index) ?? slot.section.label,
      phrase: Math.floor(slot.eightsIntoSection / EIGHTS_PER_PHRASE) + 1,
      eight: (slot.eightsIntoSection % EIGHTS_PER_PHRASE) + 1,
      why: whyHere(step, { ...place, echoed }, context).join(BETWEEN_NOTES),
      join: joinOf(
        { isFirst: index === 0, before: steps[index - 1]?.move, join: joins[index] ?? null },
        transitions[index] ?? 'cut',
      ),
      ...(compromise === '' ? {} : { compromise }),
    };
  });
}

export interface ChoiceFacts {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The clip that is danced before it. */
  readonly before: Move | undefined;
  /** How it follows that; null where it is not known. */
  readonly join: Join | null;
  readonly transition: PlannedMove['transition'];
}

/** What a teacher says of a move that could be danced in a place. */
export function explainChoice(
  step: StepOption,
  { isFirst, isLast, before, join, transition }: ChoiceFacts,
  context: PlanContext,
): Pick<MoveExplanation, 'why' | 'join' | 'compromise'> {
  const compromise = compromisesOf(step, undefined, { isFirst, isLast }, context).join(BETWEEN_NOTES);
  return {
    why: whyHere(step, { isFirst, isLast, echoed: undefined }, context).join(BETWEEN_NOTES),
    join: joinOf({ isFirst, before, join }, transition),
    ...(compromise === '' ? {} : { compromise }),
  };
}

interface Circumstances {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The part in which it was danced before in the same place. */
  readonly echoed: string | undefined;
}

function whyHere(step: StepOption, circumstances: Circumstances, context: PlanContext): string[] {
  const { request, arc } = context;
  const { move, slot, isRequested, isProposed } = step;
  const { isFirst, isLast, echoed } = circumstances;
  const wanted = energyWord(targetEnergy(slot, request));
  const has = energyWord(livelinessOf(move));
  const words = { low: 'calm', medium: 'easy-going', high: 'lively' } as const;
  const reasons: string[] = [];
  if (isRequested) reasons.push('you asked for it');
  if (isFirst) reasons.push(roleOf(move) === 'intro' ? 'an entrance opens the dance' : 'it opens the dance');
  if (isLast) reasons.push(roleOf(move) === 'outro' ? 'an exit ends the dance' : 'it ends the dance');
  if (echoed !== undefined) reasons.push(`this part comes again, and so does what you danced in ${echoed}`);
  if (isProposed) reasons.push('it belongs to the motif of this part');
  if (arc.isHighlight(slot)) reasons.push('the dance has been leading up to this place');
  if (has === wanted) reasons.push(`the music is ${words[wanted]} here, and so is the move`);
  if (move.style === request.style) reasons.push(`it is ${move.style}`);
  return reasons.length > 0 ? reasons : ['of what fits the music here it comes nearest to your wishes'];
}

export interface Joint {
  readonly isFirst: boolean;
  /** The clip before, where the library has it. */
  readonly before: Move | undefined;
  /** How the poses meet; null where it is not known. */
  readonly join: Join | null;
}

/** How a move follows the one before. */
export function joinOf({ isFirst, before, join }: Joint, transition: PlannedMove['transition']): string {
  if (isFirst) return 'begins on the "1"';
  const entered = {
    cut: 'follows on the "1"',
    // On which side of it: that is for the footage of the two clips to say.
    crossfade: 'blends in around the "1"',
    fade_black: 'comes in from black',
    fade_white: 'comes in through white',
  }[transition];
  if (before === undefined || join === null) return entered;
  const isNear = join.distance <= NEAR_POSES;
  return `${entered}, ${isNear ? 'out of much the same poses as' : 'with other poses than'} ${before.name}`;
}

/** What is given up for a move that does not repeat the one before, of what was given up; undefined for nothing. */
export function withoutRepeat(compromise: string): string | undefined {
  const notes = compromise.split(BETWEEN_NOTES).filter((note) => note !== REPEATED);
  return notes.length === 0 ? undefined : notes.join(BETWEEN_NOTES);
}

function compromisesOf(
  { move, playback }: StepOption,
  before: StepOption | undefined,
  { isFirst, isLast }: Pick<Circumstances, 'isFirst' | 'isLast'>,
  { request }: PlanContext,
): string[] {
  const notes: string[] = [];
  const above = levelsAbove(move, request);
  const role = roleOf(move);
  const percent = Math.round(100 * Math.abs(playback.rate - 1));
  if (above > 0) notes.push(`it is harder than ${request.difficulty}: nothing easier fits`);
  if (before?.move.moveId === move.moveId) notes.push(REPEATED);
  if ((role === 'intro' && !isFirst) || (role === 'outro' && !isLast))
    notes.push('it is made for another place: nothing else fits');
  if (move.style !== request.style) notes.push(`it is ${move.style}, not ${request.style}`);
  if (Math.abs(playback.rate - 1) > SEEN_RETIMING)
    notes.push(`it is shown ${percent} % ${playback.rate > 1 ? 'faster' : 'slower'} than it was filmed`);
  if (playback.counts < move.counts && move.counts % playback.counts !== 0)
    notes.push(`only ${playback.counts} of its ${move.counts} counts are danced`);
  return notes;
}
