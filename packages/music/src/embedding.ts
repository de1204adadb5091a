import { learnPattern, SLOTS_PER_BAR } from './bar-pattern.ts';
import type { Rhythm } from './rhythm.ts';
import type { Sound } from './sound.ts';
import { deviation, mean } from './statistics.ts';
import { CHROMA_COUNT, MFCC_COUNT, measureTimbre, type Timbre } from './timbre.ts';

export const EMBEDDING_SIZE = 128;
/** Without beats timbre is measured on this raster. */
const RASTER_SEC = 0.5;
/** Centres, in beats per minute, of the five bumps that say how fast a song is. */
const TEMPO_CENTRES_BPM = [95, 110, 125, 140, 160];

/**
 * Summarise how a song sounds in 128 numbers for nearest-neighbour search.
 *
 * Layout: timbre 39 (mean, spread and mean step of 13 MFCC), harmony 24 (mean and spread of 12 chroma), rhythm 48 (mean
 * onsets on 16 sixteenths in a low, a middle and a high pair of bands), character 17 (tempo 5, brightness, noise and
 * loudness 12). Each block has the same length as a vector, so the cosine of two songs weighs the four alike.
 *
 * @param sound Loudness normalised.
 * @returns 128 finite numbers of unit length; all 0 for no samples or silence.
 *
 * Source: S. Davis & P. Mermelstein, IEEE TASSP 1980 (MFCC); T. Fujishima, ICMC 1999 (chroma).
 */
export function embedSong(rhythm: Rhythm, sound: Sound, sampleRateHz: number): number[] {
  const durationSec = sound.length / sampleRateHz;
  const raster = Array.from({ length: Math.ceil(durationSec / RASTER_SEC) }, (_, k) => k * RASTER_SEC);
  const timbres = rhythm.timbres.length > 0 ? rhythm.timbres : measureTimbre(sound, sampleRateHz, raster);
  if (timbres.length === 0) return new Array<number>(EMBEDDING_SIZE).fill(0);
  const blocks = [
    describeTimbre(timbres),
    describeHarmony(timbres),
    describeRhythm(rhythm),
    describeCharacter(rhythm, timbres),
  ];
  return unitLength(blocks.flatMap(unitLength));
}

function describeTimbre(timbres: readonly Timbre[]): number[] {
  const columns = Array.from({ length: MFCC_COUNT }, (_, k) => timbres.map((timbre) => timbre.mfcc[k]!));
  // The first coefficient is loudness, ten times the rest: scaled so that it does not drown them.
  const scales = columns.map((_, k) => (k === 0 ? 0.1 : 1));
  return [
    ...columns.map((column, k) => scales[k]! * mean(column)),
    ...columns.map((column, k) => scales[k]! * deviation(column)),
    ...columns.map((column, k) => scales[k]! * meanStep(column)),
  ];
}

function describeHarmony(timbres: readonly Timbre[]): number[] {
  const columns = Array.from({ length: CHROMA_COUNT }, (_, k) => timbres.map((timbre) => timbre.chroma[k]!));
  return [...columns.map(mean), ...columns.map(deviation)];
}

function describeRhythm(rhythm: Rhythm): number[] {
  const frames = rhythm.beats.map((beat) => beat * rhythm.onsets.frameRateHz);
  if (frames.length < 2) return new Array<number>(3 * SLOTS_PER_BAR).fill(0);
  const bands = learnPattern(rhythm.onsets, frames, rhythm.barPositions, 1);
  return [0, 2, 4].flatMap((band) => Array.from(bands[band]!, (value, k) => value + bands[band + 1]![k]!));
}

function describeCharacter(rhythm: Rhythm, timbres: readonly Timbre[]): number[] {
  const tempo = TEMPO_CENTRES_BPM.map((centre) => {
    return rhythm.tempoBpm > 0 ? Math.exp(-0.5 * ((rhythm.tempoBpm - centre) / 10) ** 2) : 0;
  });
  const measures: ReadonlyArray<(timbre: Timbre) => number> = [
    (timbre) => timbre.centroidKhz / 2,
    (timbre) => timbre.flatness * 2,
    (timbre) => timbre.zeroCrossings * 5,
    (timbre) => timbre.rms * 5,
  ];
  const columns = measures.map((measure) => timbres.map(measure));
  return [...tempo, ...columns.map(mean), ...columns.map(deviation), ...columns.map(meanStep)];
}

function meanStep(values: readonly number[]): number {
  return values.length < 2 ? 0 : mean(values.slice(1).map((value, i) => Math.abs(value - values[i]!)));
}

function unitLength(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => (length > 0 ? value / length : 0));
}
