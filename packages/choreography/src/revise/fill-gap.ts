import type { SongAnalysis } from '@bachata-buddy/music';
import type { PlannedMove } from '../choreography-request.ts';
import { buildCountGrid, COUNTS_PER_BAR, COUNTS_PER_EIGHT, type CountGrid } from '../plan/count-grid.ts';
import { buildSlots, phraseStartsOf } from '../plan/slots.ts';
import { countAt, isSameTime, type MoveOf, relay, type SongStretch } from './relay.ts';
import type { RevisedMove } from './revision.ts';

const REASON = 'fills the place of a removed move';
const fillingReason = (reason: string) => (reason.endsWith(REASON) ? reason : `${reason}; ${REASON}`);

export interface Gap {
  /** The move that goes. */
  readonly gap: PlannedMove;
  /** Its neighbours, as far as there are any. */
  readonly before: RevisedMove | undefined;
  readonly after: RevisedMove | undefined;
}

export interface DanceAround {
  readonly analysis: SongAnalysis;
  readonly moveOf: MoveOf;
}

interface GapContext {
  readonly grid: CountGrid;
  /** Seconds: what ends there does not run on while there is another way. */
  readonly phraseStarts: readonly number[];
  readonly moveOf: MoveOf;
}

/**
 * The neighbours of a removed move so that they fill its place: one of them danced on, or both up to a "1" between,
 * by counted dance first, by footage behind it else; where their clips do not hold that much, or would run over the beginning
 * of a phrase, they are danced again. Null where nothing fits.
 */
export function fillGap(question: Gap, { analysis, moveOf }: DanceAround): RevisedMove[] | null {
  const grid = buildCountGrid(analysis);
  const context = { grid, phraseStarts: phraseStartsOf(buildSlots(grid, analysis)), moveOf };
  const shares = sharesOf(question, grid);
  const isWithinPhrases = ({ counts }: Share) => !runsOver(question.gap, counts, context);
  return (
    danceOnBySome(question, shares.filter(isWithinPhrases), context) ??
    danceAgain(question, context) ??
    danceOnBySome(question, shares, context)
  );
}

function danceOnBySome(question: Gap, shares: readonly Share[], context: GapContext): RevisedMove[] | null {
  for (const allowsOverrun of [false, true]) {
    for (const share of shares) {
      const filled = danceOn(question, share, { ...context, allowsOverrun });
      if (filled !== null) return filled;
    }
  }
  return null;
}

/** Whether the move before the gap, with so many of its counts, or the one behind it with the rest, runs over a phrase. */
function runsOver(
  { startSec, durationSec, counts }: PlannedMove,
  countsBefore: number,
  { phraseStarts }: GapContext,
): boolean {
  const beginsAt = (timeSec: number) => phraseStarts.some((start) => isSameTime(start, timeSec));
  return (
    (countsBefore > 0 && beginsAt(startSec)) || (countsBefore < counts && beginsAt(startSec + durationSec))
  );
}

/** How much of the gap the move before takes, and where it then ends. */
interface Share {
  readonly counts: number;
  readonly endSec: number;
}

/** All to one of them first, then the bars between, the most even first. */
function sharesOf({ gap, before, after }: Gap, grid: CountGrid): Share[] {
  const endSec = gap.startSec + gap.durationSec;
  const whole = [
    ...(before === undefined ? [] : [{ counts: gap.counts, endSec }]),
    ...(after === undefined ? [] : [{ counts: 0, endSec: gap.startSec }]),
  ];
  if (before === undefined || after === undefined) return whole;
  const start = countAt(gap.startSec, grid);
  const bars: Share[] = [];
  for (let counts = COUNTS_PER_BAR; start >= 0 && counts < gap.counts; counts += COUNTS_PER_BAR) {
    bars.push({ counts, endSec: grid.boundaries[start + counts]! });
  }
  const unevenness = ({ counts }: Share) => Math.abs(counts - gap.counts / 2);
  return [...whole, ...bars.sort((a, b) => unevenness(a) - unevenness(b))];
}

type DanceContext = GapContext & { readonly allowsOverrun: boolean };

/** On another stretch of the song; null where its clip does not reach. */
function stretched(item: RevisedMove, stretch: SongStretch, context: DanceContext): RevisedMove | null {
  const laid = relay(item, stretch, context);
  return laid && { ...laid, move: { ...laid.move, reason: fillingReason(item.move.reason) } };
}

function danceOn({ gap, before, after }: Gap, share: Share, context: DanceContext): RevisedMove[] | null {
  const rest = gap.counts - share.counts;
  const first =
    before !== undefined && share.counts > 0
      ? stretched(
          before,
          {
            startSec: before.move.startSec,
            endSec: share.endSec,
            counts: before.move.counts + share.counts,
          },
          context,
        )
      : before;
  const second =
    after !== undefined && rest > 0
      ? stretched(
          after,
          {
            startSec: share.endSec,
            endSec: after.move.startSec + after.move.durationSec,
            counts: after.move.counts + rest,
          },
          context,
        )
      : after;
  if (first === null || second === null) return null;
  return [first, second].filter((one) => one !== undefined);
}

/** The gap whole, in phrases or in bars: its first half danced by the clip before, the second by the one after. */
function danceAgain({ gap, before, after }: Gap, context: GapContext): RevisedMove[] | null {
  const lenient = { ...context, allowsOverrun: true };
  for (const piecesOf of [gap.counts, COUNTS_PER_EIGHT, COUNTS_PER_BAR]) {
    const pieces = cutGap(gap, piecesOf, context.grid);
    const filling = pieces.map((piece, index) => {
      const nearest = index < pieces.length / 2 ? [before, after] : [after, before];
      for (const neighbour of nearest) {
        const again = neighbour === undefined ? null : stretched(anew(neighbour, gap), piece, lenient);
        if (again !== null) return again;
      }
      return null;
    });
    if (filling.length > 0 && filling.every((one) => one !== null)) {
      return [before, ...filling, after].filter((one) => one !== undefined);
    }
  }
  return null;
}

function anew({ move }: RevisedMove, { sectionLabel }: PlannedMove): RevisedMove {
  return { move: { ...move, transition: 'cut', sectionLabel }, origin: null, isRelaid: true };
}

/** A gap as stretches of at most so many counts; empty where the song's counts are not found in it. */
function cutGap(gap: PlannedMove, mostCounts: number, grid: CountGrid): SongStretch[] {
  const endSec = gap.startSec + gap.durationSec;
  const start = countAt(gap.startSec, grid);
  if (mostCounts >= gap.counts) return [{ startSec: gap.startSec, endSec, counts: gap.counts }];
  const pieces: SongStretch[] = [];
  for (let from = 0; start >= 0 && from < gap.counts; from += mostCounts) {
    const counts = Math.min(mostCounts, gap.counts - from);
    const isLast = from + counts === gap.counts;
    const startSec = from === 0 ? gap.startSec : grid.boundaries[start + from]!;
    pieces.push({ startSec, endSec: isLast ? endSec : grid.boundaries[start + from + counts]!, counts });
  }
  return pieces;
}
