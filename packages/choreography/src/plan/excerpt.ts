import type { SongAnalysis } from '@bachata-buddy/music';
import type { OpenWish } from '../choreography-request.ts';
import type { Excerpt, Extent } from '../extent.ts';
import { buildCountGrid, COUNTS_PER_EIGHT } from './count-grid.ts';
import { buildSlots, phraseStartsOf } from './slots.ts';

/** A phrase that ends so far from the length asked for is no answer to it, and an eight is. */
const MOST_OFF_SHARE = 0.12;
const MOST_OFF_SEC = 4;
/** The song goes on so long behind the last count, and is faded out from so long before it. */
const TAIL_SEC = 1;
const FADE_BEFORE_SEC = 2;
/** A length within this of the whole song means the whole song. */
const NEARLY_ALL_SEC = 3;

/**
 * The stretch of a song that was asked for: from the "1" of a part on, to the end of a phrase, with a second of sound
 * behind it. A piece of no part in particular begins with the song, or with its first "1" where a lead-in would be danced
 * before it. What the song does not have is said.
 *
 * @throws AppError `CHOREOGRAPHY_NO_BEATS` where there is not one whole bar
 */
export function findExcerpt(
  analysis: SongAnalysis,
  extent: Extent,
): { readonly excerpt: Excerpt; readonly open: readonly OpenWish[] } {
  const open: OpenWish[] = [];
  const danced = dancedOf(analysis);
  const { lastSec } = danced;
  const part = findPart(analysis, extent, open);
  const startSec = part === null ? beginOfPiece(danced, extent) : nearest(analysis.downbeats, part.start);
  const limitSec = part === null ? lastSec : Math.min(lastSec, nearest(analysis.downbeats, part.end));
  const bounds = { startSec, limitSec: Math.max(limitSec, startSec), what: part?.label ?? 'song' };
  const endSec = endOf(danced, extent, bounds, open);
  const isWholeEnd = endSec >= lastSec - NEARLY_ALL_SEC;
  const excerpt = isWholeEnd
    ? { startSec, endSec: analysis.durationSec, fadeOutSec: 0 }
    : {
        startSec,
        endSec: endSec + TAIL_SEC,
        fadeOutSec: FADE_BEFORE_SEC + TAIL_SEC,
      };
  return { excerpt, open };
}

/** What is known of a stretch of a song, as of a song of its own: its times begin with it. */
export function excerptOf(analysis: SongAnalysis, { startSec, endSec, fadeOutSec }: Excerpt): SongAnalysis {
  if (startSec <= 0 && endSec >= analysis.durationSec) return analysis;
  // Behind the last count there is a second of sound, and no "1".
  const lastSec = fadeOutSec > 0 ? endSec - TAIL_SEC : endSec;
  const within = (times: readonly number[]) =>
    times
      .filter((time) => time > startSec - SAME_TIME_SEC && time < lastSec - SAME_TIME_SEC)
      .map((time) => Math.max(0, time - startSec));
  return {
    ...analysis,
    durationSec: endSec - startSec,
    beats: within(analysis.beats),
    downbeats: within(analysis.downbeats),
    eights: within(analysis.eights),
    sections: analysis.sections
      .filter(({ start, end }) => end > startSec + SAME_TIME_SEC && start < lastSec - SAME_TIME_SEC)
      .map((section) => ({
        ...section,
        start: Math.max(0, section.start - startSec),
        end: Math.min(lastSec, section.end) - startSec,
      })),
  };
}

const SAME_TIME_SEC = 0.05;

function findPart({ sections }: SongAnalysis, { part }: Extent, open: OpenWish[]) {
  if (part === undefined) return null;
  const ofLabel = sections.filter(({ label }) => label === part.label);
  const found = part.number < 0 ? ofLabel.at(part.number) : ofLabel[part.number - 1];
  if (found !== undefined) return found;
  const heard =
    ofLabel.length === 0
      ? 'none is heard'
      : ofLabel.length === 1
        ? 'one is heard'
        : `${ofLabel.length} are heard`;
  open.push({
    wish: part.number < 0 ? `the last ${part.label}` : `${part.label} number ${part.number}`,
    reason: `${heard} in this song`,
  });
  return null;
}

/** What a dance to the whole song covers: its lead-in and its tail too, where they are long. */
interface Danced {
  /** Where eights begin, rising. */
  readonly ones: readonly number[];
  /** The first one that is heard. */
  readonly firstOneSec: number;
  /** Which is where the phrases before them end. */
  readonly phraseStarts: readonly number[];
  readonly lastSec: number;
}

function dancedOf(analysis: SongAnalysis): Danced {
  const slots = buildSlots(buildCountGrid(analysis), analysis);
  const last = slots.at(-1)!;
  const eights = slots.filter(({ counts }, index) => index > 0 || counts === COUNTS_PER_EIGHT);
  return {
    ones: eights.map(({ startSec }) => startSec),
    firstOneSec: analysis.eights[0] ?? analysis.downbeats[0] ?? 0,
    phraseStarts: phraseStartsOf(slots),
    lastSec: last.startSec + last.fullDurationSec,
  };
}

function beginOfPiece({ ones, firstOneSec, lastSec }: Danced, { eights, lengthSec }: Extent): number {
  const isLedIn = (ones[0] ?? firstOneSec) < firstOneSec - SAME_TIME_SEC;
  const from = ones.filter((time) => time > firstOneSec - SAME_TIME_SEC);
  const hasRoom =
    eights === undefined ? firstOneSec + (lengthSec ?? lastSec) <= lastSec : eights <= from.length;
  return isLedIn && hasRoom ? firstOneSec : 0;
}

/** Where a dance begins and has to end, and what that is. */
interface Bounds {
  readonly startSec: number;
  readonly limitSec: number;
  readonly what: string;
}

function endOf(
  { ones: all, phraseStarts }: Danced,
  { eights, lengthSec }: Extent,
  { startSec, limitSec, what }: Bounds,
  open: OpenWish[],
): number {
  const ones = all.filter((time) => time > startSec - SAME_TIME_SEC);
  if (eights !== undefined) {
    const endSec = ones[eights];
    const isThere = endSec !== undefined && endSec <= limitSec + SAME_TIME_SEC;
    if (isThere) return endSec;
    if (ones.filter((time) => time < limitSec - SAME_TIME_SEC).length < eights)
      open.push({ wish: `${eights} eights`, reason: `the ${what} is shorter` });
    return limitSec;
  }
  if (lengthSec === undefined) return limitSec;
  const targetSec = startSec + lengthSec;
  if (targetSec > limitSec + NEARLY_ALL_SEC)
    open.push({
      wish: `${Math.round(lengthSec)} seconds`,
      reason: `the ${what} is shorter`,
    });
  if (targetSec >= limitSec - NEARLY_ALL_SEC) return limitSec;
  const isBehindFirst = (time: number) => time > (ones[0] ?? startSec) + SAME_TIME_SEC && time <= limitSec;
  const endings = phraseStarts.filter(isBehindFirst);
  const phraseSec = nearest(endings, targetSec);
  const isNear = Math.abs(phraseSec - targetSec) <= Math.max(MOST_OFF_SEC, MOST_OFF_SHARE * lengthSec);
  return isNear && endings.length > 0
    ? phraseSec
    : nearest([...ones.filter(isBehindFirst), limitSec], targetSec);
}

/** The time nearest to one; that one where there are none. */
function nearest(times: readonly number[], timeSec: number): number {
  return times.reduce(
    (best, time) => (Math.abs(time - timeSec) < Math.abs(best - timeSec) ? time : best),
    times[0] ?? timeSec,
  );
}
