import { countsOf, type ResolvedBlueprint, type ShownMove, shownMoves } from '@bachata-buddy/blueprint';
import { type Cue, cueText, formatVtt } from './webvtt.ts';

/**
 * Captions to dance by, as WebVTT: a cue for each count, with the move's name and, below, the one that comes next. A
 * move without counts has one cue with the names. Undefined where there is nothing to say.
 */
export function captionsOf(blueprint: ResolvedBlueprint): string | undefined {
  const moves = shownMoves(blueprint);
  const cues = moves.flatMap((move, index) => cuesOf(move, moves[index + 1]));
  return cues.length === 0 ? undefined : formatVtt(cues);
}

function cuesOf(shown: ShownMove, next: ShownMove | undefined): Cue[] {
  const name = shown.name && cueText(shown.name);
  const coming = next?.name === undefined ? '' : `\nNext: ${cueText(next.name)}`;
  const counts = countsOf(shown);
  if (counts.length === 0) {
    const { startSec, endSec } = shown;
    return name === undefined ? [] : [{ startSec, endSec, text: `${name}${coming}` }];
  }
  return counts.map(({ number, startSec, endSec }) => {
    const text = name === undefined ? String(number) : `${number} · ${name}`;
    return { startSec, endSec, text: `${text}${coming}` };
  });
}
