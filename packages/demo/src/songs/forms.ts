import { type Chord, chordInKey, tonicChord } from './harmony.ts';
import type { Material, SongPlan } from './song-plan.ts';
import type { SongSectionLabel, SongSectionSpan, SongSpecification } from './song-specification.ts';

export const SONG_SAMPLE_RATE_HZ = 44_100;
/** An AAC packet's length: a song of whole packets is neither padded nor cut by the encoder. */
const AAC_FRAME_SAMPLES = 1024;
const BEATS_PER_BAR = 4;
const BARS_PER_EIGHT_COUNT = 2;
const ARTIST = 'Bachata Buddy Band';

/** One bar of four beats with all a player needs to know to play it. */
export interface Bar {
  readonly startSec: number;
  readonly section: SongSectionLabel;
  readonly barInSection: number;
  readonly barsInSection: number;
  readonly chord: Chord;
  readonly nextChord: Chord;
  readonly material: Material;
}

export function beatSecOf(plan: SongPlan): number {
  return 60 / plan.tempoBpm;
}

function eightCountsOf(plan: SongPlan): number {
  return plan.form.reduce((sum, [, eightCounts]) => sum + eightCounts, 0);
}

/** When the final chord falls: the beat after the last bar. */
export function finalBeatSec(plan: SongPlan): number {
  return plan.leadInSec + eightCountsOf(plan) * BARS_PER_EIGHT_COUNT * BEATS_PER_BAR * beatSecOf(plan);
}

/** The song's length in samples, a multiple of 1,024. */
export function sampleCountOf(plan: SongPlan): number {
  const samples = (finalBeatSec(plan) + plan.ringOutSec) * SONG_SAMPLE_RATE_HZ;
  return Math.ceil(samples / AAC_FRAME_SAMPLES) * AAC_FRAME_SAMPLES;
}

/** Intro and outro quote the chorus; the break rests on the verse's chords. */
function materialOf(plan: SongPlan, section: SongSectionLabel): Material {
  switch (section) {
    case 'verse':
    case 'break':
      return plan.verse;
    case 'mambo':
      return plan.mambo;
    default:
      return plan.chorus;
  }
}

/** All bars of a song in order. A part shorter than its chords takes their end, so that it closes as they do. */
export function layOutBars(plan: SongPlan): Bar[] {
  const bars: Omit<Bar, 'nextChord'>[] = [];
  for (const [section, eightCounts] of plan.form) {
    const barsInSection = eightCounts * BARS_PER_EIGHT_COUNT;
    const material = materialOf(plan, section);
    const firstChord = Math.max(0, material.chords.length - barsInSection);
    for (let barInSection = 0; barInSection < barsInSection; barInSection += 1) {
      const name = material.chords[(firstChord + barInSection) % material.chords.length]!;
      const startSec = plan.leadInSec + bars.length * BEATS_PER_BAR * beatSecOf(plan);
      const chord = chordInKey(plan.key, name);
      bars.push({ startSec, section, barInSection, barsInSection, chord, material });
    }
  }
  return bars.map((bar, index) => ({
    ...bar,
    nextChord: bars[index + 1]?.chord ?? tonicChord(plan.key),
  }));
}

/** What is true of a planned song, without making a sound of it. */
export function specificationOf(plan: SongPlan): SongSpecification {
  const beatCount = eightCountsOf(plan) * BARS_PER_EIGHT_COUNT * BEATS_PER_BAR + 1;
  const beats = Array.from({ length: beatCount }, (_, beat) => plan.leadInSec + beat * beatSecOf(plan));
  const sections: SongSectionSpan[] = [];
  let beat = 0;
  for (const [label, eightCounts] of plan.form) {
    const endBeat = beat + eightCounts * BARS_PER_EIGHT_COUNT * BEATS_PER_BAR;
    sections.push({ label, start: beats[beat]!, end: beats[endBeat]! });
    beat = endBeat;
  }
  return {
    songId: plan.songId,
    title: plan.title,
    artist: ARTIST,
    genre: plan.genre,
    mood: plan.mood,
    tempoBpm: plan.tempoBpm,
    durationSec: sampleCountOf(plan) / SONG_SAMPLE_RATE_HZ,
    beats,
    downbeats: beats.filter((_, index) => index % BEATS_PER_BAR === 0),
    eights: beats.slice(0, -1).filter((_, index) => index % (BARS_PER_EIGHT_COUNT * BEATS_PER_BAR) === 0),
    sections,
    fileName: `${plan.songId}.m4a`,
  };
}
