import { secondPlayer } from './doubling.ts';
import { filterInPlace, highPass, peak } from './filters.ts';
import { SONG_SAMPLE_RATE_HZ } from './forms.ts';
import { limitInPlace } from './limiter.ts';
import { integratedLoudness } from './loudness.ts';
import { addReverb } from './reverb.ts';
import type { PartName } from './score.ts';

/** Two channels of equal length. */
export interface StereoSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

interface Place {
  readonly levelDb: number;
  /** -1 left to 1 right. */
  readonly pan: number;
  /** How much of the part is sent into the room, 0 to 1. */
  readonly room: number;
  /** Level of a second player on the other side, relative to the first; 0 for none. */
  readonly second: number;
}

const PLACES: Readonly<Record<PartName, Place>> = {
  requinto: { levelDb: -3, pan: 0.25, room: 0.3, second: 0.45 },
  segunda: { levelDb: -9, pan: -0.55, room: 0.2, second: 0.6 },
  bass: { levelDb: -9.5, pan: 0, room: 0.02, second: 0 },
  pad: { levelDb: -19, pan: -0.3, room: 0.5, second: 0.7 },
  bongo: { levelDb: -6, pan: -0.25, room: 0.14, second: 0 },
  guira: { levelDb: -15, pan: 0.45, room: 0.1, second: 0 },
};

const TARGET_LUFS = -15;
/** -3.5 dBFS: a lossy encoder may overshoot by two decibels. */
const CEILING = 10 ** (-3.5 / 20);
const FADE_SEC = 0.5;
const sampleRateHz = SONG_SAMPLE_RATE_HZ;

export interface MixDesk {
  /** Takes one part's sound (changing it) to its place. */
  add(part: PartName, samples: Float32Array): void;
  /** The finished song: in its room, at -15 LUFS, no sample beyond -3.5 dBFS, silent at its end. Call once. */
  finish(): StereoSound;
}

/** A desk for a song of `sampleCount` samples; `levelsDb` moves parts away from the usual balance. */
export function makeMixDesk(
  sampleCount: number,
  levelsDb: Readonly<Partial<Record<PartName, number>>>,
): MixDesk {
  const left = new Float32Array(sampleCount);
  const right = new Float32Array(sampleCount);
  const send = new Float32Array(sampleCount);
  const pour = (samples: Float32Array, level: number, pan: number): void => {
    // Equal power: a part is as loud wherever it stands.
    const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4;
    const toLeft = level * Math.cos(angle);
    const toRight = level * Math.sin(angle);
    for (let index = 0; index < sampleCount; index += 1) {
      left[index]! += toLeft * samples[index]!;
      right[index]! += toRight * samples[index]!;
    }
  };
  return {
    add(part, samples) {
      shapeTone(part, samples);
      const { levelDb, pan, room, second } = PLACES[part];
      const level = 10 ** ((levelDb + (levelsDb[part] ?? 0)) / 20);
      pour(samples, level, pan);
      if (second > 0) pour(secondPlayer(samples, sampleRateHz), level * second, -2 * pan);
      for (let index = 0; index < sampleCount; index += 1) send[index]! += level * room * samples[index]!;
    },
    finish() {
      filterInPlace(send, highPass({ sampleRateHz, frequencyHz: 180, quality: 0.7 }));
      addReverb(send, left, right, { sampleRateHz, decaySec: 1.3 });
      master(left, right);
      return { left, right };
    },
  };
}

/** The wood of the guitars, and room for each other. */
function shapeTone(part: PartName, samples: Float32Array): void {
  const tone = (frequencyHz: number, quality: number, gainDb: number): void =>
    filterInPlace(samples, peak({ sampleRateHz, frequencyHz, quality, gainDb }));
  if (part === 'requinto' || part === 'segunda') {
    filterInPlace(samples, highPass({ sampleRateHz, frequencyHz: 110, quality: 0.7 }));
    tone(220, 2, 3);
    tone(430, 1.3, 3.5);
    tone(2600, 1, part === 'requinto' ? -1 : -2);
  } else if (part === 'bass') {
    tone(140, 1.2, 2);
  }
}

function master(left: Float32Array, right: Float32Array): void {
  const fadeSamples = Math.round(FADE_SEC * sampleRateHz);
  for (const channel of [left, right]) {
    filterInPlace(channel, highPass({ sampleRateHz, frequencyHz: 32, quality: 0.7 }));
    const from = channel.length - fadeSamples;
    for (let index = Math.max(0, -from); index < fadeSamples; index += 1) {
      channel[from + index]! *= 0.5 + 0.5 * Math.cos((Math.PI * index) / fadeSamples);
    }
  }
  const gain = 10 ** ((TARGET_LUFS - integratedLoudness(left, right, sampleRateHz)) / 20);
  for (const channel of [left, right]) {
    for (let index = 0; index < channel.length; index += 1) channel[index]! *= gain;
  }
  limitInPlace(left, right, { sampleRateHz, ceiling: CEILING });
}
