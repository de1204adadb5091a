import { learnPattern } from './bar-pattern.ts';
import { halvesBetween, oddsOfPhase } from './beat-phase.ts';
import { spanSoundingBeats } from './beat-span.ts';
import { refineBeatTimes } from './beat-timing.ts';
import { matchPattern, trackBeats } from './beats.ts';
import { rateBeats, rateClarity } from './confidence.ts';
import { findDownbeats } from './downbeats.ts';
import { type Chroma, measureHarmony } from './harmony.ts';
import { findMeter, type Meter } from './meter.ts';
import { measureOnsetStrength, type OnsetStrength } from './onset-strength.ts';
import type { Sound } from './sound.ts';
import { measureTempogram } from './tempo.ts';
import { chooseTempo, type TempoChoice } from './tempo-choice.ts';
import { measureTimbre, type Timbre } from './timbre.ts';

/** Fewer beats than a bar are no rhythm. */
const LEAST_BEATS = 4;
/** How much the song's own rhythm counts beside the expected one in the second pass. */
const LEARNT_SHARE = 0.5;
/** Timbre is measured this share of a beat after it: past the attack, before the next off-beat. */
const TIMBRE_OFFSET = 0.12;

/** Tempo, beats and counts of a piece of audio. */
export interface Rhythm {
  readonly onsets: OnsetStrength;
  /** Beats per minute; 0 where no beat was found. */
  readonly tempoBpm: number;
  /** Seconds, strictly rising. */
  readonly beats: readonly number[];
  /** Place in the bar of each beat, 0 (the "1") to 3. */
  readonly barPositions: readonly number[];
  readonly meter: Meter;
  /** Timbre within each beat. */
  readonly timbres: readonly Timbre[];
  /** Notes within each beat. */
  readonly harmonies: readonly Chroma[];
  readonly confidence: { readonly tempo: number; readonly beat: number; readonly downbeat: number };
}

/**
 * Hear the rhythm: onset strength, tempogram, beats in two passes (the second with the rhythm learnt in the first),
 * beats sharpened and cut to where music sounds, counts.
 *
 * @param sound Loudness normalised.
 * @returns Tempo 0 and no beats where there are fewer than four.
 */
export function hearRhythm(sound: Sound, sampleRateHz: number): Rhythm {
  const onsets = measureOnsetStrength(sound, sampleRateHz);
  const choice = chooseTempo(onsets, measureTempogram(onsets), sound, sampleRateHz);
  const beatsSec = choice === null ? [] : trackSong(onsets, choice);
  if (choice === null || beatsSec.length < LEAST_BEATS) {
    return {
      onsets,
      tempoBpm: 0,
      beats: [],
      barPositions: [],
      meter: { timeSignature: '4/4', beatsPerBar: 4 },
      timbres: [],
      harmonies: [],
      confidence: { tempo: 0, beat: 0, downbeat: 0 },
    };
  }
  const { beats, harmonies, phaseCertainty } = placeBeats(onsets, beatsSec, sound, sampleRateHz);
  const timbres = measureTimbre(
    sound,
    sampleRateHz,
    beats.map((beat, i) => beat + TIMBRE_OFFSET * ((beats[i + 1] ?? beat + 0.5) - beat)),
  );
  const meter = findMeter(onsets, beats);
  const downbeats = findDownbeats(onsets, beats, harmonies, meter.beatsPerBar);
  const clarity = rateClarity(onsets, beats);
  return {
    onsets,
    tempoBpm: (60 * (beats.length - 1)) / (beats.at(-1)! - beats[0]!),
    beats,
    barPositions: downbeats.barPositions,
    meter,
    timbres,
    harmonies,
    confidence: {
      tempo: clarity * choice.periodicity * choice.octaveCertainty,
      beat: rateBeats(clarity, choice.periodicity, beats.length),
      // There is no "1" to be sure of where there is no beat, or the beat may be the half between two.
      downbeat: clarity * phaseCertainty * downbeats.confidence,
    },
  };
}

interface PlacedBeats {
  readonly beats: readonly number[];
  readonly harmonies: readonly Chroma[];
  /** How sure it is that beats are not the halves between them, 0..1. */
  readonly phaseCertainty: number;
}

/** Tracked beats put on their attacks, or the halves between them where those are the beats; and the notes in each. */
function placeBeats(
  onsets: OnsetStrength,
  tracked: readonly number[],
  sound: Sound,
  sampleRateHz: number,
): PlacedBeats {
  const place = (beatsSec: readonly number[]) => {
    const beats = refineBeatTimes(sound, sampleRateHz, beatsSec);
    return { beats, harmony: measureHarmony(sound, sampleRateHz, beats) };
  };
  const { beats, harmony } = place(tracked);
  const odds = oddsOfPhase(onsets, beats, harmony.halves);
  const phaseCertainty = Math.abs(Math.tanh(odds / 2));
  const between = odds < 0 ? spanSoundingBeats(onsets, halvesBetween(beats)) : [];
  if (between.length < LEAST_BEATS) return { beats, harmonies: harmony.beats, phaseCertainty };
  const turned = place(between);
  return { beats: turned.beats, harmonies: turned.harmony.beats, phaseCertainty };
}

/** Beats of the whole song in seconds, with the rhythm learnt from the first trial. */
function trackSong(onsets: OnsetStrength, { path, range }: TempoChoice): readonly number[] {
  const learnt = learnPattern(onsets, path.frames, path.barPositions, LEARNT_SHARE);
  const { frames } = trackBeats(onsets, range, matchPattern(onsets, learnt));
  return spanSoundingBeats(
    onsets,
    frames.map((frame) => frame / onsets.frameRateHz),
  );
}
