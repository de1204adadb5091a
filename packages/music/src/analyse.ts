import { loudnessGain, validateAudio, validatePacked } from './audio-input.ts';
import { EMBEDDING_SIZE, embedSong } from './embedding.ts';
import { measureEnergy } from './energy.ts';
import { type PackedSound, soundOfPacked } from './packed-sound.ts';
import { resample } from './resample.ts';
import { hearRhythm, type Rhythm } from './rhythm.ts';
import { findForm } from './sections.ts';
import { ANALYSIS_VERSION, type SongAnalysis } from './song-analysis.ts';
import { type Sound, soundOfSamples } from './sound.ts';

/** The rate analysis works at; other rates are converted to it. */
export const ANALYSIS_SAMPLE_RATE_HZ = 22_050;

/**
 * Analyse a song: tempo, beats, downbeats, eights, sections, energy, embedding. Pure and synchronous; for a song of three
 * minutes it keeps a processor busy for one to two seconds, so servers call `analyseInWorker`.
 *
 * Silence, no samples and audio with fewer than four beats are answers, not errors: tempo 0, no beats, no sections, and for
 * silence an embedding of zeros.
 *
 * @param samples Float32Array [n], mono, nominally -1..1; not changed.
 * @param sampleRateHz Best 22,050; anything else is resampled first.
 * @returns All times in seconds from the first sample, none later than `durationSec`.
 * @throws AppError `MUSIC_INVALID_AUDIO`: not a Float32Array, a sample that is not finite, a rate out of range.
 *
 * @example
 * const analysis = analyseSamples(pcm, ANALYSIS_SAMPLE_RATE_HZ);
 * analysis.downbeats[0]; // the first "1" in seconds
 */
export function analyseSamples(samples: Float32Array, sampleRateHz: number): SongAnalysis {
  validateAudio(samples, sampleRateHz);
  const atRate = resample(samples, sampleRateHz, ANALYSIS_SAMPLE_RATE_HZ);
  const energy = measureEnergy(soundOfSamples(samples), sampleRateHz);
  return analyse(soundOfSamples(atRate), { durationSec: samples.length / sampleRateHz, energy });
}

/**
 * The same for sound that was packed at 22,050 Hz.
 *
 * @throws AppError `MUSIC_INVALID_AUDIO`: a sample that was not finite.
 */
export function analysePacked(packed: PackedSound): SongAnalysis {
  validatePacked(packed);
  const sound = soundOfPacked(packed);
  const energy = measureEnergy(sound, ANALYSIS_SAMPLE_RATE_HZ);
  return analyse(sound, { durationSec: sound.length / ANALYSIS_SAMPLE_RATE_HZ, energy });
}

/** @param recorded At the rate of analysis. */
function analyse(
  recorded: Sound,
  { durationSec, energy }: Pick<SongAnalysis, 'durationSec' | 'energy'>,
): SongAnalysis {
  const gain = loudnessGain(recorded);
  if (gain === undefined) return describeSilence(durationSec, energy);
  const sound = recorded.amplified(gain);
  const rhythm = hearRhythm(sound, ANALYSIS_SAMPLE_RATE_HZ);
  const { sections, eights } = findForm(rhythm, sound, ANALYSIS_SAMPLE_RATE_HZ);
  return {
    version: ANALYSIS_VERSION,
    durationSec,
    tempoBpm: rhythm.tempoBpm,
    timeSignature: rhythm.meter.timeSignature,
    beats: rhythm.beats,
    downbeats: pickDownbeats(rhythm),
    eights: eights.times,
    sections,
    energy,
    embedding: embedSong(rhythm, sound, ANALYSIS_SAMPLE_RATE_HZ),
    confidence: { ...rhythm.confidence, eight: eights.confidence },
  };
}

function pickDownbeats(rhythm: Rhythm): number[] {
  return rhythm.beats.filter((_, i) => rhythm.barPositions[i] === 0);
}

function describeSilence(durationSec: number, energy: SongAnalysis['energy']): SongAnalysis {
  return {
    version: ANALYSIS_VERSION,
    durationSec,
    tempoBpm: 0,
    timeSignature: '4/4',
    beats: [],
    downbeats: [],
    eights: [],
    sections: [],
    energy,
    embedding: new Array<number>(EMBEDDING_SIZE).fill(0),
    confidence: { tempo: 0, beat: 0, downbeat: 0, eight: 0 },
  };
}
