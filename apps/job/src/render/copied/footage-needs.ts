import { elementAt } from '@bachata-buddy/platform';
import type { ClipFacts } from './clip-facts.ts';
import type { Piece } from './plan-pieces.ts';

/** Pictures of a clip that is not prepared, to be encoded in one go. */
export interface FootageNeed {
  readonly clipKey: string;
  readonly firstFrame: number;
  readonly frameCount: number;
  /** Pictures that must be keyframes, rising; the first is `firstFrame`. */
  readonly keyframes: readonly number[];
}

/** Needs nearer to each other than this are met in one go: what lies between costs less than another start. */
const MERGE_WITHIN_FRAMES = 60;

/** What has to be encoded of the clips that are not prepared before the pieces can be made. */
export function footageNeeds(pieces: readonly Piece[], clips: ReadonlyMap<string, ClipFacts>): FootageNeed[] {
  const wantedOf = new Map<string, [first: number, last: number][]>();
  const want = (clipKey: string, first: number, last: number): void => {
    if (clips.get(clipKey)?.keyframes !== undefined) return;
    wantedOf.set(clipKey, [...(wantedOf.get(clipKey) ?? []), [first, last]]);
  };
  for (const piece of pieces) {
    if (piece.kind === 'copy') {
      want(piece.clipKey, piece.firstFrame, piece.firstFrame + piece.durationTicks.length - 1);
    } else {
      for (const layer of [piece.mix.from, piece.mix.to]) {
        if (layer !== undefined) want(layer.clipKey, elementAt(layer.frames, 0), elementAt(layer.frames, -1));
      }
    }
  }
  return [...wantedOf].flatMap(([clipKey, wanted]) => merge(clipKey, wanted));
}

function merge(clipKey: string, wanted: readonly [number, number][]): FootageNeed[] {
  const needs: { first: number; last: number; keyframes: Set<number> }[] = [];
  for (const [first, last] of [...wanted].sort((a, b) => a[0] - b[0])) {
    const open = needs.at(-1);
    if (open !== undefined && first <= open.last + MERGE_WITHIN_FRAMES) {
      open.last = Math.max(open.last, last);
      open.keyframes.add(first);
    } else needs.push({ first, last, keyframes: new Set([first]) });
  }
  return needs.map(({ first, last, keyframes }) => ({
    clipKey,
    firstFrame: first,
    frameCount: last - first + 1,
    keyframes: [...keyframes].sort((a, b) => a - b),
  }));
}
