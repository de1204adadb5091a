import type { SongAnalysis } from '@bachata-buddy/music';
import type { PlannedMove } from '../choreography-request.ts';
import { compareIds } from '../compare-ids.ts';
import type { ClipPart } from '../library/joins.ts';
import type { MoveHit } from '../library/move-library.ts';
import type { Move } from '../move.ts';
import type { Candidates } from '../plan/candidates.ts';
import { COUNTS_PER_BAR, COUNTS_PER_EIGHT } from '../plan/count-grid.ts';
import type { JoinScore } from '../plan/join-score.ts';
import { partOfStep } from '../plan/parts-shown.ts';
import { explainStep } from '../plan/reason.ts';
import { type Slot, type SlotSection, sectionAt } from '../plan/slots.ts';
import { optionsOf, type PlanContext, playbackFor, type StepOption } from '../plan/step-options.ts';

/** As between neighbours in the search for a whole dance. */
const COST_OF_SAME_FAMILY = 0.45;
/** A move begins on a beat, to within this. */
const SAME_TIME_SEC = 0.05;

/** A move's place in the song as the planner sees it; beats behind the last whole bar are extra counts. */
export function slotOf(move: PlannedMove, isLast: boolean, analysis: SongAnalysis): Slot {
  const loose = isLast ? looseCountsOf(move) : 0;
  const counts = move.counts - loose;
  const section = sectionAt(move.startSec + move.durationSec / 2, analysis);
  const countsInto = countsIntoSection(section, move.startSec, analysis);
  return {
    startSec: move.startSec,
    counts,
    durationSec: (move.durationSec * counts) / move.counts,
    extraCounts: loose,
    fullDurationSec: move.durationSec,
    section,
    isSectionStart: countsInto < COUNTS_PER_BAR,
    eightsIntoSection: Math.floor(countsInto / COUNTS_PER_EIGHT),
  };
}

/** Counts of a part of the song in front of a time; outside of all parts those of the song. */
function countsIntoSection({ index }: SlotSection, startSec: number, analysis: SongAnalysis): number {
  const { sections, beats } = analysis;
  const fromSec = sections[index]?.start ?? 0;
  return beats.filter((beat) => beat > fromSec - SAME_TIME_SEC && beat < startSec - SAME_TIME_SEC).length;
}

/** Beats behind the last whole bar that the last move of a dance covers too. */
export function looseCountsOf({ counts }: PlannedMove): number {
  return counts > COUNTS_PER_BAR ? counts % COUNTS_PER_BAR : 0;
}

/** A chosen clip in the place of a move; null where it is too short for it, or its tempo too far off. */
export function placeGivenMove(clip: Move, place: PlannedMove, slot: Slot): PlannedMove | null {
  const playback = playbackFor(clip, slot);
  if (playback === null || playback.counts !== place.counts) return null;
  return {
    ...inPlace(clip, place),
    trimStartSec: playback.trimStartsSec[0]!,
    playbackRate: playback.rate,
    reason: `${place.sectionLabel}: chosen by hand`,
  };
}

export interface AnotherQuestion {
  readonly place: PlannedMove;
  readonly slot: Slot;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** What is shown on both sides, as far as the library has it. */
  readonly neighbours: readonly (ClipPart | undefined)[];
  /** Where the one behind it begins; undefined where there is none. */
  readonly slotAfter: Slot | undefined;
  readonly joinScore: JoinScore;
  /** Ids of moves that will not do: the one to replace, and its neighbours. */
  readonly excludedIds: ReadonlySet<string>;
  readonly context: PlanContext;
}

/** The best other move for a place; null where the library has none. */
export function placeAnotherMove(question: AnotherQuestion): PlannedMove | null {
  const { place, isFirst, isLast, context } = question;
  const { request } = context;
  const [best] = rankOtherMoves(question);
  if (best === undefined) return null;
  return {
    ...inPlace(best.move, place),
    trimStartSec: best.playback.trimStartsSec[0]!,
    playbackRate: best.playback.rate,
    reason: explainStep(best, { request, isFirst, isLast, isRepeated: false }),
  };
}

/** The other moves for a place, by the planner's own rules, the best first. */
export function rankOtherMoves(question: AnotherQuestion): StepOption[] {
  const { place, slot, isFirst, isLast, excludedIds, context } = question;
  const { candidates } = context;
  const isAllowed = ({ move }: MoveHit) => !excludedIds.has(move.moveId);
  const allowed: Candidates = {
    hits: candidates.hits.filter(isAllowed),
    reserve: () => candidates.reserve().filter(isAllowed),
  };
  const options = optionsOf(slot, { isFirst, isLast, span: 1 }, { ...context, candidates: allowed });
  const suit = new Map(options.map((option) => [option, suitability(option, question)]));
  return options
    .filter(({ playback }) => playback.counts === place.counts)
    .sort(
      (a, b) =>
        a.faults - b.faults || suit.get(b)! - suit.get(a)! || compareIds(a.move.moveId, b.move.moveId),
    );
}

function suitability(option: StepOption, { neighbours, joinScore, slot, slotAfter }: AnotherQuestion) {
  const [before, after] = neighbours;
  const ofFamily = neighbours.filter((one) => one?.move.label === option.move.label).length;
  const ends = joinScore.endsOf(partOfStep(option, 0));
  const joinBefore = before === undefined ? 0 : joinScore.after(joinScore.endsOf(before), slot)(ends);
  const joinAfter =
    after === undefined || slotAfter === undefined
      ? 0
      : joinScore.after(ends, slotAfter)(joinScore.endsOf(after));
  return option.score - COST_OF_SAME_FAMILY * ofFamily + joinBefore + joinAfter;
}

function inPlace(clip: Move, place: PlannedMove): PlannedMove {
  return {
    ...place,
    moveId: clip.moveId,
    name: clip.name,
    label: clip.label,
    videoPath: clip.videoPath,
    clipDurationSec: clip.durationSec,
  };
}
