import { type ResolvedBlueprint, readable, type ShownMove, shownMoves } from '@bachata-buddy/blueprint';
import { type Cue, cueText, formatVtt } from './webvtt.ts';

/**
 * Chapters as WebVTT: one for each part of the song that the moves name, and inside it one for each of its moves, as
 * nested cues. A move without a name is called by its number.
 */
export function chaptersOf(blueprint: ResolvedBlueprint): string {
  const cues: Cue[] = [];
  const moves = shownMoves(blueprint);
  for (const [index, shown] of moves.entries()) {
    const section = sectionOf(shown);
    if (section !== undefined && section !== sectionOf(moves[index - 1])) {
      const end = moves.findIndex((later, n) => n > index && sectionOf(later) !== section);
      const last = moves.at(end === -1 ? -1 : end - 1) ?? shown;
      const text = cueText(readable(section));
      cues.push({ startSec: shown.startSec, endSec: last.endSec, text });
    }
    const { startSec, endSec, name = `Move ${index + 1}` } = shown;
    cues.push({ startSec, endSec, text: cueText(name) });
  }
  return formatVtt(cues);
}

function sectionOf(shown: ShownMove | undefined): string | undefined {
  const section = shown?.move.section?.trim();
  return section === '' ? undefined : section;
}
