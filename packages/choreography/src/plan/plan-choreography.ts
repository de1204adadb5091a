import type { SongAnalysis } from '@bachata-buddy/music';
import type { ChoreographyPlan, ChoreographyRequest, PlannedMove } from '../choreography-request.ts';
import { choreographyError } from '../errors.ts';
import { type LanguageOptions, throwIfCancelled } from '../language-model.ts';
import { failedFilters } from '../library/move-filters.ts';
import type { MoveLibrary } from '../library/move-library.ts';
import type { Pause } from '../pause.ts';
import { makeArc } from './arc.ts';
import { type Sequence, searchSequence } from './beam-search.ts';
import { findCandidates, findCandidatesPausing } from './candidates.ts';
import { buildCountGrid, type CountGrid } from './count-grid.ts';
import type { Design } from './design.ts';
import { designByLanguageModel } from './design-by-language-model.ts';
import { findEchoes } from './echoes.ts';
import { excerptOf, findExcerpt } from './excerpt.ts';
import { explainMoves } from './explain-move.ts';
import { explainOpenWishes, openTempo } from './open-wishes.ts';
import { joinsOf, usesOf } from './parts-shown.ts';
import { exactPlayback } from './playback.ts';
import { explainStep } from './reason.ts';
import { findSlotOptions, placeOf } from './slot-options.ts';
import { buildSlots, type Slot, splitSlot } from './slots.ts';
import { canFill, type PlanContext, type StepOption } from './step-options.ts';
import { chooseTransitions } from './transitions.ts';
import { readWishes, type Wishes } from './wishes.ts';

export interface PlanQuestion extends LanguageOptions {
  readonly analysis: SongAnalysis;
  readonly library: MoveLibrary;
  readonly request: ChoreographyRequest;
  readonly pause?: Pause | undefined;
}

/**
 * Lays moves of the library over a song. Every move begins on a "1", lasts whole counts (8; 16; 4 where an eight is
 * left half), and is retimed so that its beats fall on the song's. Moves are contiguous from the first downbeat to the
 * end of the last beat. The order is a beam search; a language model may propose a structure, which the search weighs.
 *
 * Pure but for the language model: the same analysis, library and request (seed included) give the same plan.
 *
 * Throws `CHOREOGRAPHY_NO_MOVES` for an empty library, `CHOREOGRAPHY_NO_BEATS` where the song has not one whole bar,
 * `CHOREOGRAPHY_NO_PLAYABLE_MOVES` where no clip can be danced at the song's tempo, `CHOREOGRAPHY_ALL_REFUSED` where every
 * one that can is refused, `CANCELLED` where the signal aborts.
 */
export async function planChoreography(question: PlanQuestion): Promise<ChoreographyPlan> {
  const { library, request, signal } = question;
  const pause = unlessCancelled(question);
  throwIfCancelled(signal);
  if (library.moves.length === 0) {
    const message = 'No moves found in database. Please ensure move embeddings are generated.';
    throw choreographyError('CHOREOGRAPHY_NO_MOVES', message);
  }
  const excerpt = request.extent === undefined ? null : findExcerpt(question.analysis, request.extent);
  const analysis = excerpt === null ? question.analysis : excerptOf(question.analysis, excerpt.excerpt);
  const grid = buildCountGrid(analysis);
  const whole = buildSlots(grid, analysis);
  await pause?.();
  const wishes = readWishes(request, library.moves);
  await pause?.();
  const search = { library, analysis, request, wishes, slots: whole };
  const candidates =
    pause === undefined ? findCandidates(search) : await findCandidatesPausing(search, pause);
  const design = await designByLanguageModel(
    { request, slots: whole, moves: library.moves, wishes },
    question,
  );
  throwIfCancelled(signal);
  const context: PlanContext = { candidates, request, wishes, design, arc: makeArc(analysis) };
  const slots = await playableSlots(whole, grid, context, pause);
  const ways = { slots, wishes, library };
  const proposed = found(await sequence(slots, context, { library, pause }), ways);
  // Nobody's proposal makes a dance pass over a wish that it could meet.
  const isLosing = proposed.openWishes.length > 0 && design !== null && design.wishes.size > 0;
  const chosen = isLosing
    ? found(await sequence(slots, { ...context, design: withoutPlaces(design) }, { library, pause }), ways)
    : proposed;
  await pause?.();
  return {
    moves: placeMoves(chosen.steps, context),
    designedBy: design === null ? 'rules' : 'gemini',
    relaxedFilters: relaxedFiltersOf(chosen.steps, request),
    openWishes: [
      ...(excerpt?.open ?? []),
      ...openTempo(analysis, request),
      ...explainOpenWishes(chosen, context, library),
    ],
    excerpt: excerpt?.excerpt ?? null,
  };
}

async function sequence(
  slots: readonly Slot[],
  context: PlanContext,
  { library, pause }: Pick<PlanQuestion, 'library' | 'pause'>,
): Promise<Sequence | null> {
  const options = await findSlotOptions(slots, context, pause);
  const { moves, limits } = context.wishes;
  return searchSequence({
    options,
    wishes: [...moves, ...limits],
    echoes: findEchoes(slots),
    library,
    pause,
  });
}

const withoutPlaces = ({ sections }: Design): Design => ({ sections, wishes: new Map() });

/** A pause at whose end the plan is given up where its caller has: nothing else can tell it meanwhile. */
function unlessCancelled({ pause, signal }: PlanQuestion): Pause | undefined {
  return pause && (() => pause()?.then(() => throwIfCancelled(signal)));
}

/** The slots, those that no clip is long enough for cut into their bars. */
async function playableSlots(
  slots: readonly Slot[],
  grid: CountGrid,
  context: PlanContext,
  pause: Pause | undefined,
): Promise<Slot[]> {
  const playable: Slot[] = [];
  for (const [index, slot] of slots.entries()) {
    const hasOption = canFill(slot, placeOf(index, slots), context);
    playable.push(...(hasOption ? [slot] : splitSlot(slot, grid)));
    await pause?.();
  }
  return playable;
}

interface FoundIn {
  readonly slots: readonly Slot[];
  readonly wishes: Wishes;
  readonly library: MoveLibrary;
}

/** The sequence, where there is one; else why there is none. */
function found(sequence: Sequence | null, { slots, wishes, library }: FoundIn): Sequence {
  if (sequence !== null) return sequence;
  const areAllRefused = library.moves.every(wishes.isRefused);
  const playable = library.moves.filter((move) => slots.some((slot) => exactPlayback(move, slot) !== null));
  if (areAllRefused || (playable.length > 0 && playable.every(wishes.isRefused))) {
    const refused = wishes.refusedNames.map((name) => `"no ${name.replaceAll('_', ' ')}"`).join(' and ');
    const all = areAllRefused ? '' : " that can be danced at this song's tempo";
    throw choreographyError(
      'CHOREOGRAPHY_ALL_REFUSED',
      `Every move of the library${all} is ruled out by ${refused || 'the wish for certain moves only'}. Allow some of them.`,
    );
  }
  throw choreographyError(
    'CHOREOGRAPHY_NO_PLAYABLE_MOVES',
    "No move of the library can be danced at this song's tempo.",
  );
}

function placeMoves(steps: readonly StepOption[], context: PlanContext): PlannedMove[] {
  const { request, wishes } = context;
  const joins = joinsOf(steps);
  const slots = steps.map((step) => step.slot);
  const transitions = chooseTransitions({ slots, joins }, request, wishes);
  const explanations = explainMoves(steps, { joins, transitions }, context);
  const uses = usesOf(steps);
  return steps.map((step, index) => {
    const { move, slot, playback } = step;
    const reason = explainStep(step, {
      request,
      isFirst: index === 0,
      isLast: index === steps.length - 1,
      isRepeated: steps[index - 1]?.move.moveId === move.moveId,
    });
    return {
      moveId: move.moveId,
      name: move.name,
      label: move.label,
      videoPath: move.videoPath,
      startSec: slot.startSec,
      durationSec: playback.durationSec,
      counts: playback.counts,
      // A clip that comes again shows its next eight, where it has one.
      trimStartSec: playback.trimStartsSec[uses[index]! % playback.trimStartsSec.length]!,
      playbackRate: playback.rate,
      clipDurationSec: move.durationSec,
      transition: transitions[index]!,
      sectionLabel: slot.section.label,
      reason,
      explanation: explanations[index]!,
    };
  });
}

/** The filters that some chosen move does not meet, in the order in which they are given up. */
function relaxedFiltersOf(steps: readonly StepOption[], request: ChoreographyRequest): string[] {
  const { difficulty, energyLevel, style } = request;
  const failed = new Set(
    steps.flatMap(({ move }) => failedFilters(move, { difficulty, energyLevel, style })),
  );
  return (['energy_level', 'style', 'difficulty'] as const).filter((name) => failed.has(name));
}
