import type { SongAnalysis } from '@bachata-buddy/music';
import type { Slot } from './slots.ts';

/** How a dance rises over the song: easier at first, one highlight, an ending that comes to rest. */
export interface Arc {
  /** How much of the level asked for a place is to take, 0.5 .. 1. */
  readonly difficultyAt: (slot: Slot) => number;
  /** The one place that all of it leads to. */
  readonly isHighlight: (slot: Slot) => boolean;
}

/** What a dance starts with, and ends with. */
const EASY = 0.5;
/** So much of the song is danced until a dance takes its whole level. */
const RISING_SHARE = 0.6;
const PEAKS = ['chorus', 'mambo'];
/** Sections end near the count that ends them. */
const NEAR_COUNTS = 2;

/**
 * The arc of a dance over a song, or over what of it is danced. The highlight is the end of its last chorus or mambo, or,
 * in a song that has neither, of the loudest part of its second half; a song of one part has none.
 */
export function makeArc({ sections, durationSec, tempoBpm }: SongAnalysis): Arc {
  const peak = peakOf(sections);
  const nearSec = (NEAR_COUNTS * 60) / tempoBpm;
  return {
    difficultyAt({ startSec, section }) {
      if (section.label === 'outro') return EASY;
      const danced = startSec / Math.max(durationSec, 1);
      return EASY + (1 - EASY) * Math.min(1, danced / RISING_SHARE);
    },
    isHighlight({ section, startSec, durationSec }) {
      const end = sections[section.index]?.end ?? 0;
      return section.index === peak && startSec + durationSec > end - nearSec;
    },
  };
}

function peakOf(sections: SongAnalysis['sections']): number | null {
  if (sections.length < 2) return null;
  const last = sections.findLastIndex(({ label }) => PEAKS.includes(label));
  if (last >= 0) return last;
  const half = Math.floor(sections.length / 2);
  const loudest = Math.max(...sections.slice(half).map(({ energy }) => energy));
  return sections.findLastIndex(({ energy }, index) => index >= half && energy === loudest);
}
