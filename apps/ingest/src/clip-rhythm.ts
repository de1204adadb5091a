import type { SongAnalysis } from '@bachata-buddy/music';
import { SURE_RHYTHM } from '@bachata-buddy/vocabulary';
import type { AnnotatedClip } from './annotations.ts';
import { wholeCounts } from './clip-counts.ts';

/** A measured tempo this near to the annotation's is confirmed by it: its octave may have been the only doubt. */
const SAME_TEMPO_SHARE = 0.06;
/** A stated "1" is the beat no farther away than this share of a beat; nobody names it to the millisecond. */
const SAME_BEAT_SHARE = 0.25;
const COUNTS_TO_NEXT_ONE = 4;

/** When a clip is danced. */
export interface ClipRhythm {
  readonly tempoBpm: number;
  /** The first "1" of an eight where that is known, else of four. */
  readonly firstDownbeatSec: number;
  /** Seconds, rising; empty where only the tempo is known. */
  readonly beats: readonly number[];
  /** How sure it is which beat is the "1", 0..1: 0 where nothing was heard; null where somebody says which. */
  readonly downbeatConfidence: number | null;
  /** What somebody should look at: a sentence without its clip's name; null where nothing is in doubt. */
  readonly doubt: string | null;
}

type Statements = Pick<AnnotatedClip, 'estimatedTempoBpm' | 'firstDownbeatSec' | 'firstCount'>;
type Heard = Pick<SongAnalysis, 'durationSec' | 'tempoBpm' | 'beats' | 'downbeats' | 'confidence'>;

/**
 * A clip's tempo, beats and first "1": measured where that can be trusted, else its annotation's word; and what is in doubt.
 *
 * @returns null where neither its sound nor its annotation tells a tempo.
 */
export function rhythmOfClip(heard: Heard, clip: Statements): ClipRhythm | null {
  if (!isTrusted(heard, clip)) return rhythmByWord(clip, heard.durationSec);
  const { time, ...surety } = firstOne(heard, clip);
  const rhythm = { tempoBpm: heard.tempoBpm, firstDownbeatSec: time, beats: heard.beats };
  return { ...rhythm, ...surety, firstDownbeatSec: firstOfEight(rhythm, clip, heard.durationSec) };
}

function isTrusted({ tempoBpm, downbeats, confidence }: Heard, { estimatedTempoBpm }: Statements): boolean {
  if (downbeats.length === 0) return false;
  if (estimatedTempoBpm === null) return true;
  const isConfirmed = Math.abs(tempoBpm / estimatedTempoBpm - 1) <= SAME_TEMPO_SHARE;
  const isTempoSure = confidence.tempo >= SURE_RHYTHM || isConfirmed;
  return isTempoSure && confidence.beat >= SURE_RHYTHM;
}

function rhythmByWord(clip: Statements, durationSec: number): ClipRhythm | null {
  if (clip.estimatedTempoBpm === null) return null;
  const rhythm = {
    tempoBpm: clip.estimatedTempoBpm,
    firstDownbeatSec: clip.firstDownbeatSec ?? 0,
    beats: [],
  };
  const firstDownbeatSec = firstOfEight(rhythm, clip, durationSec);
  const downbeatConfidence = clip.firstDownbeatSec === null ? 0 : null;
  return { ...rhythm, firstDownbeatSec, downbeatConfidence, doubt: null };
}

/** The first "1" of four, on a beat where one is near; and whether sound and annotation leave it in doubt. */
function firstOne(
  { beats, downbeats, tempoBpm, confidence }: Heard,
  { firstDownbeatSec: stated }: Statements,
): { readonly time: number } & Pick<ClipRhythm, 'downbeatConfidence' | 'doubt'> {
  const measured = downbeats[0] ?? 0;
  const heardSo = { time: measured, downbeatConfidence: confidence.downbeat };
  const isSure = confidence.downbeat >= SURE_RHYTHM;
  const howSure = confidence.downbeat.toFixed(2);
  if (stated === null) {
    const doubt = `which beat is its "1" is not sure (${howSure} of 1): first_downbeat_sec in its annotation would say`;
    return { ...heardSo, doubt: isSure ? null : doubt };
  }
  const near = beats.find((beat) => Math.abs(beat - stated) <= (SAME_BEAT_SHARE * 60) / tempoBpm);
  const time = near ?? stated;
  if (!isSure || downbeats.includes(time)) return { time, downbeatConfidence: null, doubt: null };
  const where = `at ${stated.toFixed(2)} s, its sound at ${measured.toFixed(2)} s (${howSure} of 1)`;
  return { ...heardSo, doubt: `its annotation has the first "1" ${where}: the sound is believed` };
}

/** Where the first "1" is a dancer's 5, the "1" after it, if the clip lasts so long. */
function firstOfEight(
  { tempoBpm, firstDownbeatSec, beats }: Omit<ClipRhythm, 'doubt' | 'downbeatConfidence'>,
  { firstCount }: Statements,
  durationSec: number,
): number {
  if (firstCount !== 5) return firstDownbeatSec;
  const at = beats.indexOf(firstDownbeatSec);
  const onBeat = at < 0 ? undefined : beats[at + COUNTS_TO_NEXT_ONE];
  const next = onBeat ?? firstDownbeatSec + (COUNTS_TO_NEXT_ONE * 60) / tempoBpm;
  return wholeCounts({ durationSec, tempoBpm, firstDownbeatSec: next }) > 0 ? next : firstDownbeatSec;
}
