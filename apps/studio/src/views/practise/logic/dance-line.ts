import {
  type Blueprint,
  type Count,
  countsOf,
  readable,
  resolveBlueprint,
  shownMoves,
} from '@bachata-buddy/blueprint/reading';

/** A move of the dance, from its first "1" to the next one's. Seconds of the video. */
export interface DanceMove {
  readonly index: number;
  readonly name: string;
  /** In snake_case; empty where the document names none. */
  readonly family: string;
  readonly startSec: number;
  readonly endSec: number;
  readonly counts: readonly Count[];
  /** Part of the song, in the words of the document; undefined where the document names none. */
  readonly section: string | undefined;
  /** Phrase within the part, from 1; undefined where somebody put the move by hand. */
  readonly phrase: number | undefined;
}

/** Neighbouring moves that stand in one part of the song. */
export interface DancePart {
  readonly name: string;
  readonly startSec: number;
  readonly endSec: number;
}

/** A dance as it is practised: what is danced when. */
export interface DanceLine {
  readonly durationSec: number;
  readonly moves: readonly DanceMove[];
  readonly parts: readonly DancePart[];
  /** Of all moves, rising. */
  readonly counts: readonly Count[];
}

export function danceLineOf(blueprint: Blueprint): DanceLine {
  const resolved = resolveBlueprint(blueprint);
  const said = shownMoves(resolved).map((shown, index): DanceMove => {
    const { section, phrase } = blueprint.moves[index]?.explanation ?? {};
    return {
      index,
      name: shown.name ?? String(index + 1),
      family: shown.move.label ?? '',
      startSec: shown.startSec,
      endSec: shown.endSec,
      counts: countsOf(shown),
      section: nameOfPart(section ?? shown.move.section),
      phrase,
    };
  });
  const moves = said.map(amongNeighbours);
  return {
    durationSec: resolved.totalDurationSec,
    moves,
    parts: partsOf(moves),
    counts: moves.flatMap(({ counts }) => counts),
  };
}

/** A move that somebody put there says "Verse" where its neighbours say "Verse 1": it stands in theirs. */
function amongNeighbours(move: DanceMove, index: number, moves: readonly DanceMove[]): DanceMove {
  if (move.phrase !== undefined || move.section === undefined) return move;
  const { section } = move;
  const near = [moves[index - 1], moves[index + 1]].find((other) =>
    other?.section?.startsWith(`${section} `),
  );
  return near === undefined ? move : { ...move, section: near.section };
}

function nameOfPart(section: string | undefined): string | undefined {
  const name = readable(section ?? '');
  return name === '' ? undefined : name;
}

function partsOf(moves: readonly DanceMove[]): DancePart[] {
  const parts: DancePart[] = [];
  for (const { section, startSec, endSec } of moves) {
    const last = parts.at(-1);
    if (section === undefined) continue;
    if (last?.name === section) parts[parts.length - 1] = { ...last, endSec };
    else parts.push({ name: section, startSec, endSec });
  }
  return parts;
}

/** Times are written to a microsecond, and a player's position is a picture's: this much early is on time. */
const EARLY_SEC = 0.001;

/** The last of the rising spans that has begun; undefined before the first. */
export function begunAt<Span extends { readonly startSec: number }>(
  spans: readonly Span[],
  sec: number,
): Span | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.startSec ?? 0) <= sec + EARLY_SEC) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}

/** The move that is danced, the first one before it begins. */
export function moveAt({ moves }: DanceLine, sec: number): DanceMove | undefined {
  return begunAt(moves, sec) ?? moves[0];
}

/** The count that is danced; undefined before the first, behind the last, and in moves that have none. */
export function countAt({ counts }: DanceLine, sec: number): Count | undefined {
  const count = begunAt(counts, sec);
  return count !== undefined && sec < count.endSec - EARLY_SEC ? count : undefined;
}

/** Where the count before or behind begins; the ends of the dance where there is none. */
export function neighbouringCountSec(line: DanceLine, sec: number, direction: 1 | -1): number {
  return neighbouringStart(line.counts, sec, direction) ?? (direction === 1 ? line.durationSec : 0);
}

/** The same for moves. */
export function neighbouringMoveSec(line: DanceLine, sec: number, direction: 1 | -1): number {
  return neighbouringStart(line.moves, sec, direction) ?? (direction === 1 ? line.durationSec : 0);
}

/** Back is to the beginning of what is danced, and only from there to the one before: as players of music do it. */
const JUST_BEGUN_SEC = 0.25;

function neighbouringStart(
  spans: readonly { readonly startSec: number }[],
  sec: number,
  direction: 1 | -1,
): number | undefined {
  if (direction === -1) return begunAt(spans, sec - JUST_BEGUN_SEC)?.startSec;
  return spans.find(({ startSec }) => startSec > sec + EARLY_SEC)?.startSec;
}
