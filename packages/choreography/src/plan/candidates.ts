import type { SongAnalysis } from '@bachata-buddy/music';
import { DIFFICULTIES, POSE_DIMENSIONS } from '@bachata-buddy/vocabulary';
import type { ChoreographyRequest } from '../choreography-request.ts';
import { combineEmbedding } from '../embedding/combine-embedding.ts';
import { embedText } from '../embedding/embed-text.ts';
import type { MoveHit, MoveLibrary } from '../library/move-library.ts';
import { searchWithRelaxation } from '../library/search-with-relaxation.ts';
import type { Move } from '../move.ts';
import type { Pause } from '../pause.ts';
import { roleOf } from './move-family.ts';
import { exactPlayback } from './playback.ts';
import type { Slot } from './slots.ts';
import type { Wishes } from './wishes.ts';

/** Different moves a dance does not get monotonous with, whatever its length. */
const ENOUGH_MOVES = 12;
/** A short song needs no more than a few; this many slots may share one move. */
const SLOTS_PER_MOVE = 4;
const LEAST_MOVES = 4;
const MOST_CANDIDATES = 48;
const MOST_FOR_A_ROLE = 8;
/** For the beginning and the end of a dance, which are not to take all of the level. */
const MOST_EASIER = 8;
const ENOUGH_REQUESTED = 2;
const ENOUGH_OF_MANY = 4;
const MOST_IN_RESERVE = 400;

export interface CandidateQuestion {
  readonly library: MoveLibrary;
  readonly analysis: SongAnalysis;
  readonly request: ChoreographyRequest;
  readonly wishes: Wishes;
  readonly slots: readonly Slot[];
}

/** The moves worth trying on a song. */
export interface Candidates {
  readonly hits: readonly MoveHit[];
  /** Every other move that could do where these cannot, those of another tempo included. */
  readonly reserve: () => readonly MoveHit[];
}

/**
 * Searches the library for the middle of the dance, its easier places, its beginning, its end and what was asked for by
 * name, each with its own relaxation. Only clips that fit the song's tempo somewhere and are not refused are found.
 */
export function findCandidates(question: CandidateQuestion): Candidates {
  const search = searchSteps(question);
  let step = search.next();
  while (step.done !== true) step = search.next();
  return step.value;
}

/** The same, pausing between its searches. */
export async function findCandidatesPausing(question: CandidateQuestion, pause: Pause): Promise<Candidates> {
  const search = searchSteps(question);
  let step = search.next();
  while (step.done !== true) {
    await pause();
    step = search.next();
  }
  return step.value;
}

function* searchSteps(question: CandidateQuestion): Generator<void, Candidates> {
  const { library, request, wishes, slots } = question;
  const vector = queryVector(question);
  const tempi = tempoRangeOf(slots);
  const isUsable = (move: Move) =>
    !wishes.isRefused(move) && tempi.some((slot) => exactPlayback(move, slot) !== null);
  const { difficulty, energyLevel, style } = request;
  const find = (k: number, enough: number, accepts: (move: Move) => boolean) =>
    searchWithRelaxation(library, {
      vector,
      filters: { difficulty, energyLevel, style },
      k,
      enough,
      accepts: (move) => accepts(move) && isUsable(move),
    }).hits;

  const enough = Math.max(LEAST_MOVES, Math.min(ENOUGH_MOVES, Math.ceil(slots.length / SLOTS_PER_MOVE)));
  const found = find(MOST_CANDIDATES, enough, (move) => roleOf(move) === 'middle');
  yield;
  const more: MoveHit[] = [];
  const easier = DIFFICULTIES[DIFFICULTIES.indexOf(difficulty) - 1];
  if (easier !== undefined) {
    const accepts = (move: Move) => roleOf(move) === 'middle' && isUsable(move);
    more.push(...library.search({ vector, k: MOST_EASIER, filters: { difficulty: easier, style }, accepts }));
    yield;
  }
  for (const role of ['intro', 'outro'] as const) {
    more.push(...find(MOST_FOR_A_ROLE, 1, (move) => roleOf(move) === role));
    yield;
  }
  for (const { often, isMetBy } of wishes.moves) {
    more.push(...find(MOST_FOR_A_ROLE, often === 'some' ? ENOUGH_REQUESTED : ENOUGH_OF_MANY, isMetBy));
    yield;
  }
  const { isLimited } = wishes;
  if (isLimited !== null) {
    more.push(...find(enough, enough, (move) => roleOf(move) === 'middle' && !isLimited(move)));
    yield;
  }
  const hits = distinct([...found, ...more]);
  const ids = new Set(hits.map((hit) => hit.move.moveId));
  let reserve: readonly MoveHit[] | null = null;
  return {
    hits,
    reserve: () => {
      reserve ??= findReserve(library, vector, isUsable).filter((hit) => !ids.has(hit.move.moveId));
      return reserve;
    },
  };
}

function findReserve(
  library: MoveLibrary,
  vector: Float32Array,
  isUsable: (move: Move) => boolean,
): MoveHit[] {
  if (library.moves.length <= MOST_IN_RESERVE) return library.search({ vector, k: library.moves.length });
  const half = MOST_IN_RESERVE / 2;
  return distinct([
    ...library.search({ vector, k: half, accepts: isUsable }),
    ...library.search({ vector, k: half }),
  ]);
}

function distinct(hits: readonly MoveHit[]): MoveHit[] {
  return [...new Map(hits.map((hit) => [hit.move.moveId, hit])).values()];
}

/** The slots whose tempo differs: the slowest, the middle one and the fastest stand for the rest. */
function tempoRangeOf(slots: readonly Slot[]): Slot[] {
  const bySpeed = [...slots].sort((a, b) => a.durationSec / a.counts - b.durationSec / b.counts);
  return [...new Set([bySpeed[Math.floor(bySpeed.length / 2)]!, bySpeed[0]!, bySpeed.at(-1)!])];
}

function queryVector({ library, analysis, request, wishes }: CandidateQuestion): Float32Array {
  const text = [
    `${request.difficulty} difficulty, ${request.energyLevel} energy, ${request.style} style bachata move`,
    ...request.specialRequirements,
    ...wishes.requestedNames,
    request.query ?? '',
  ].join('. ');
  return combineEmbedding({
    pose: wishes.requestedNames.length > 0 ? meanPose(library.moves.filter(wishes.isRequested)) : null,
    audio: analysis.embedding,
    text: embedText(text),
  });
}

function meanPose(moves: readonly Move[]): number[] | null {
  const poses = moves.map((move) => move.embedding.pose).filter((pose) => pose.length === POSE_DIMENSIONS);
  if (poses.length === 0) return null;
  const sum = new Array<number>(POSE_DIMENSIONS).fill(0);
  for (const pose of poses) {
    for (let index = 0; index < POSE_DIMENSIONS; index++) sum[index]! += pose[index]!;
  }
  return sum.map((value) => value / poses.length);
}
