import {
  type ChoreographyPlan,
  type ChoreographyRequest,
  joinBetween,
  type Move,
  type MoveLibrary,
  type PlannedMove,
  partOf,
} from '@bachata-buddy/choreography';
import type { SongAnalysis } from '@bachata-buddy/music';
import { DIFFICULTIES, ENERGY_LEVELS } from '@bachata-buddy/vocabulary';
import { mean } from '../mean.ts';

/** What is told of one dance; shares 0..1, null where the song or the request gives nothing to tell it by. */
export interface DanceFigures {
  /** Of what was asked for, not met. */
  readonly openWishes: number;
  /** Moves harder than asked for. */
  readonly tooHard: number;
  readonly ofStyle: number;
  /** Spearman's rank correlation of a move's level of energy with the loudness of its part of the song. */
  readonly energyCorrelation: number | null;
  /** Of a second chorus, danced in place as the first was. */
  readonly chorusRepeated: number | null;
  /** Of the phrases of 32 counts within a part, begun by another move than the one before. */
  readonly changesAtPhrases: number;
  /** Clips that are left before their counted dance is over. */
  readonly cutShort: number;
  readonly distinctMoves: number;
  /** Spearman's rank correlation of a move's level with its place in the dance. */
  readonly difficultyRise: number | null;
  /** Of the moves, those that the end of the last chorus or mambo does not fall behind, in level and then in energy. */
  readonly highlightRank: number | null;
  /** How far the dancers' keypoints jump at joins, as far as poses are known: percent of the picture's height. */
  readonly jumpPercent: number | null;
  /** Of the joins within a phrase of 32 counts, those to people who look otherwise. */
  readonly otherLooks: number | null;
}

export interface Dance {
  readonly analysis: SongAnalysis;
  readonly request: ChoreographyRequest;
  readonly library: ReadonlyMap<string, Move>;
  readonly lookOf: MoveLibrary['lookOf'];
  readonly moves: readonly PlannedMove[];
  readonly openWishes: ChoreographyPlan['openWishes'];
}

const SAME_TIME_SEC = 0.06;
const BARS_PER_PHRASE = 8;

export function figuresOf(dance: Dance): DanceFigures {
  const { moves, request, openWishes } = dance;
  const clipOf = ({ moveId }: PlannedMove) => dance.library.get(moveId) as Move;
  const share = (isOne: (move: PlannedMove) => boolean) => moves.filter(isOne).length / moves.length;
  const level = DIFFICULTIES.indexOf(request.difficulty);
  return {
    openWishes: openWishes.length,
    tooHard: share((move) => DIFFICULTIES.indexOf(clipOf(move).difficulty) > level),
    ofStyle: share((move) => clipOf(move).style === request.style),
    energyCorrelation: energyCorrelation(dance),
    chorusRepeated: chorusRepeated(dance),
    changesAtPhrases: changesAtPhrases(dance),
    cutShort: share((move) => move.counts % clipOf(move).counts !== 0 && move.counts < clipOf(move).counts),
    distinctMoves: new Set(moves.map(({ moveId }) => moveId)).size,
    difficultyRise: difficultyRise(dance),
    highlightRank: highlightRank(dance),
    jumpPercent: jumpPercent(dance),
    otherLooks: otherLooks(dance),
  };
}

function energyCorrelation({ analysis, moves, library }: Dance): number | null {
  const pairs = moves.flatMap((move) => {
    const middle = move.startSec + move.durationSec / 2;
    const section = analysis.sections.find(({ start, end }) => middle >= start && middle < end);
    const clip = library.get(move.moveId);
    return section === undefined || clip === undefined
      ? []
      : [[section.energy, ENERGY_LEVELS.indexOf(clip.energyLevel)] as const];
  });
  return pearson(ranks(pairs.map(([energy]) => energy)), ranks(pairs.map(([, liveliness]) => liveliness)));
}

function difficultyRise({ moves, library }: Dance): number | null {
  const levels = moves.map(({ moveId }) => levelOf(library.get(moveId) as Move));
  return pearson(
    ranks(levels),
    moves.map((_, place) => place),
  );
}

function highlightRank({ analysis, moves, library }: Dance): number | null {
  const peak = analysis.sections.findLast(({ label }) => label === 'chorus' || label === 'mambo');
  if (peak === undefined) return null;
  const highlight = moves.findLast(({ startSec }) => startSec < peak.end - 2 * SAME_TIME_SEC);
  const weights = moves.map(({ moveId }) => weightOf(library.get(moveId) as Move));
  const own = highlight === undefined ? undefined : weightOf(library.get(highlight.moveId) as Move);
  return own === undefined ? null : weights.filter((weight) => weight <= own).length / weights.length;
}

const levelOf = ({ difficulty }: Move): number => DIFFICULTIES.indexOf(difficulty);
const weightOf = (move: Move): number =>
  levelOf(move) * ENERGY_LEVELS.length + ENERGY_LEVELS.indexOf(move.energyLevel);

function chorusRepeated({ analysis, moves }: Dance): number | null {
  const [first, second] = analysis.sections
    .filter(({ label }) => label === 'chorus')
    .map(({ start, end }) =>
      moves
        .filter(({ startSec }) => startSec > start - SAME_TIME_SEC && startSec < end - SAME_TIME_SEC)
        .map(({ moveId, startSec }) => ({ moveId, intoSec: startSec - start })),
    );
  if (first === undefined || second === undefined || first.length === 0) return null;
  const isAgain = ({ moveId, intoSec }: { moveId: string; intoSec: number }) =>
    second.some((move) => move.moveId === moveId && Math.abs(move.intoSec - intoSec) < 2 * SAME_TIME_SEC);
  return first.filter(isAgain).length / Math.min(first.length, second.length);
}

function changesAtPhrases({ analysis, moves }: Dance): number {
  const starts = analysis.sections.flatMap(({ start, end }) =>
    analysis.downbeats
      .filter((time) => time > start - SAME_TIME_SEC && time < end - SAME_TIME_SEC)
      .filter((_, bar) => bar % BARS_PER_PHRASE === 0),
  );
  const begun = starts.filter((time) => {
    const index = moves.findIndex(({ startSec }) => Math.abs(startSec - time) < SAME_TIME_SEC);
    return index >= 0 && moves[index]?.moveId !== moves[index - 1]?.moveId;
  });
  return begun.length / Math.max(1, starts.length);
}

/** Each move with the one before, and their clips. */
function joinsOf({ moves, library }: Dance) {
  return moves.slice(1).map((move, index) => {
    const before = moves[index] as PlannedMove;
    const clips = [before, move].map(({ moveId }) => library.get(moveId) as Move) as [Move, Move];
    return { before, move, clips };
  });
}

function jumpPercent(dance: Dance): number | null {
  const jumps = joinsOf(dance).flatMap(({ before, move, clips }) => {
    const join = joinBetween(partOf(clips[0], before), partOf(clips[1], move));
    return join === null ? [] : [100 * join.distance];
  });
  return jumps.length === 0 ? null : mean(jumps);
}

function otherLooks(dance: Dance): number | null {
  const within = joinsOf(dance).filter(({ move }) => move.explanation?.eight !== 1);
  const looks = within.map(({ clips }) => clips.map(dance.lookOf));
  const known = looks.filter((pair) => pair.every((look) => look !== null));
  return known.length === 0 ? null : known.filter(([a, b]) => a !== b).length / known.length;
}

/** Equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}

/** Null where one of them does not vary. */
function pearson(a: readonly number[], b: readonly number[]): number | null {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = a.reduce((sum, value, index) => sum + (value - meanA) * ((b[index] as number) - meanB), 0);
  const spread = (values: readonly number[], centre: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0));
  const scale = spread(a, meanA) * spread(b, meanB);
  return scale < 1e-12 ? null : product / scale;
}
