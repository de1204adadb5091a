import { createHash } from 'node:crypto';
import t from 'tap';
import { makeRandom } from '../src/random.ts';
import { type Biquad, bandPass, filterInPlace, highPass } from '../src/songs/filters.ts';
import { SONG_SAMPLE_RATE_HZ, specificationOf } from '../src/songs/forms.ts';
import { pluckString } from '../src/songs/instruments/plucked-string.ts';
import { limitInPlace } from '../src/songs/limiter.ts';
import { integratedLoudness } from '../src/songs/loudness.ts';
import { SONG_PLANS } from '../src/songs/song-list.ts';
import type { SongPlan } from '../src/songs/song-plan.ts';
import { synthesise } from '../src/songs/synthesise.ts';

const sampleRateHz = SONG_SAMPLE_RATE_HZ;
const PLAN: SongPlan = {
  ...SONG_PLANS[0]!,
  form: [
    ['verse', 2],
    ['chorus', 2],
  ],
};
const SONG = specificationOf(PLAN);
const SOUND = synthesise(PLAN);
const MONO = SOUND.left.map((sample, index) => (sample + SOUND.right[index]!) / 2);

function hash(plan: SongPlan): string {
  const { left, right } = synthesise(plan);
  return createHash('sha256')
    .update(Buffer.from(left.buffer))
    .update(Buffer.from(right.buffer))
    .digest('hex');
}

/** Of the same cookbook as the song's filters, which needs none. */
function lowPass(frequencyHz: number): Biquad {
  const angle = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const a0 = 1 + Math.sin(angle) / 1.4;
  const b1 = (1 - Math.cos(angle)) / a0;
  return { b0: b1 / 2, b1, b2: b1 / 2, a1: (-2 * Math.cos(angle)) / a0, a2: (2 - a0) / a0 };
}

function filtered(filter: Biquad): Float32Array {
  const samples = MONO.slice();
  filterInPlace(samples, filter);
  filterInPlace(samples, filter);
  return samples;
}

function energy(samples: Float32Array, fromSec: number, toSec: number): number {
  let sum = 0;
  const last = Math.round(toSec * sampleRateHz);
  for (let index = Math.max(0, Math.round(fromSec * sampleRateHz)); index < last; index += 1) {
    sum += samples[index]! * samples[index]!;
  }
  return sum / (toSec - fromSec);
}

/** Mean over some moments of how much more energy the 20 ms after each hold than the 20 ms before. */
function meanRise(samples: Float32Array, moments: readonly number[]): number {
  const rises = moments.map((sec) => energy(samples, sec, sec + 0.02) - energy(samples, sec - 0.02, sec));
  return rises.reduce((sum, rise) => sum + rise, 0) / rises.length;
}

t.test('the same plan gives the same samples, another start of the generator others', async (t) => {
  const short: SongPlan = { ...PLAN, form: [['mambo', 1]] };
  t.equal(hash(short), hash(short));
  t.not(hash(short), hash({ ...short, randomStart: 5 }));
});

t.test(
  'a song is as long as stated, loud enough, never clipped, silent before its first beat and at its end',
  async (t) => {
    t.equal(SOUND.left.length, SONG.durationSec * sampleRateHz);
    t.equal(SOUND.right.length, SOUND.left.length);
    const peak = [...[SOUND.left, SOUND.right]].reduce(
      (most, channel) => channel.reduce((high, sample) => Math.max(high, Math.abs(sample)), most),
      0,
    );
    t.ok(peak > 0.4 && peak <= 10 ** (-1 / 20), `peak ${peak}`);
    t.equal(energy(MONO, 0, SONG.beats[0]! - 0.005), 0);
    t.ok(energy(MONO, SONG.durationSec - 0.01, SONG.durationSec) < 1e-6);
    const loudness = integratedLoudness(SOUND.left, SOUND.right, sampleRateHz);
    t.ok(loudness > -16 && loudness < -14, `${loudness} LUFS`);
  },
);

t.test('sound rises at the beats, more than halfway between their eighths', async (t) => {
  const beatSec = 60 / SONG.tempoBpm;
  const beats = SONG.beats.slice(0, -1);
  const midway = beats.map((beat) => beat + beatSec / 4);
  for (const samples of [MONO, filtered(lowPass(250))]) {
    t.ok(meanRise(samples, beats) > 3 * Math.max(0, meanRise(samples, midway)));
  }
});

t.test('the first sound comes within 5 ms of the first beat', async (t) => {
  const first = MONO.findIndex((sample) => Math.abs(sample) > 0.01) / sampleRateHz;
  t.ok(Math.abs(first - SONG.beats[0]!) < 0.005, `${first} s for ${SONG.beats[0]} s`);
});

t.test('the bass sounds on 1 and rests on 2', async (t) => {
  const low = filtered(lowPass(120));
  const at = (count: number): number =>
    SONG.downbeats
      .slice(0, -1)
      .map((one) => one + ((count - 1) * 60) / SONG.tempoBpm)
      .reduce((sum, sec) => sum + energy(low, sec + 0.05, sec + 0.2), 0);
  t.ok(at(1) > 3 * at(2), `${at(1)} and ${at(2)}`);
  t.ok(at(3) > 2 * at(2), `${at(3)} and ${at(2)}`);
});

t.test('the güira scrapes between the beats in the verse, and not in the chorus', async (t) => {
  const high = filtered(bandPass({ sampleRateHz, frequencyHz: 9500, quality: 1.5 }));
  const filteredHigh = high.slice();
  filterInPlace(filteredHigh, highPass({ sampleRateHz, frequencyHz: 7000, quality: 0.7 }));
  const eighthSec = 30 / SONG.tempoBpm;
  // How much sound sets in between the beats, as a share of what sets in on them.
  const shareBetween = ({ start, end }: { start: number; end: number }): number => {
    const places = Math.round((end - start) / eighthSec);
    const riseAt = (eighths: readonly number[]): number =>
      meanRise(
        filteredHigh,
        eighths.map((eighth) => start + eighth * eighthSec),
      );
    const all = Array.from({ length: places }, (_, eighth) => eighth);
    return (
      riseAt(all.filter((eighth) => eighth % 2 === 1)) / riseAt(all.filter((eighth) => eighth % 2 === 0))
    );
  };
  const [verse, chorus] = SONG.sections.map(shareBetween);
  t.ok(verse! > 1.4 * chorus!, `${verse} in the verse, ${chorus} in the chorus`);
});

t.test('a plucked string sounds at its pitch within three cents, from A2 to E6', async (t) => {
  for (const frequencyHz of [110, 220, 440, 880, 1318.51]) {
    const string = { sampleRateHz, frequencyHz, durationSec: 1, velocity: 0.8, brightness: 0.8, decaySec: 3 };
    const samples = pluckString({ ...string, pickPosition: 0.17, random: makeRandom(1) });
    const strength = (hz: number): number => {
      let real = 0;
      let imaginary = 0;
      for (let index = 0; index < 32_768; index += 1) {
        const weighted = samples[index + 2000]! * (1 - Math.cos((2 * Math.PI * index) / 32_768));
        real += weighted * Math.cos((2 * Math.PI * hz * index) / sampleRateHz);
        imaginary += weighted * Math.sin((2 * Math.PI * hz * index) / sampleRateHz);
      }
      return real * real + imaginary * imaginary;
    };
    const cents = Array.from({ length: 61 }, (_, index) => index - 30);
    const strengths = cents.map((cent) => strength(frequencyHz * 2 ** (cent / 1200)));
    const found = cents[strengths.indexOf(Math.max(...strengths))]!;
    t.ok(Math.abs(found) <= 3, `${frequencyHz} Hz is off by ${found} cents`);
  }
});

t.test('a full-scale sine of 997 Hz on the left channel measures -3.01 LUFS', async (t) => {
  // ITU-R BS.1770-4: the reading that a meter must show.
  const left = Float32Array.from({ length: sampleRateHz * 3 }, (_, index) =>
    Math.sin((2 * Math.PI * 997 * index) / sampleRateHz),
  );
  const loudness = integratedLoudness(left, new Float32Array(left.length), sampleRateHz);
  t.ok(Math.abs(loudness + 3.01) < 0.05, `${loudness} LUFS`);
  t.equal(integratedLoudness(new Float32Array(44_100), new Float32Array(44_100), sampleRateHz), -Infinity);
});

t.test('the limiter holds its ceiling and leaves quiet sound alone', async (t) => {
  const random = makeRandom(3);
  const left = Float32Array.from(
    { length: 44_100 },
    (_, index) => (2 * random() - 1) * (index < 20_000 ? 0.4 : 2),
  );
  const right = left.map((sample) => -0.5 * sample);
  const before = left.slice(0, 19_000);
  limitInPlace(left, right, { sampleRateHz, ceiling: 0.5 });
  t.ok(left.every((sample) => Math.abs(sample) <= 0.5 + 1e-6));
  t.same(left.slice(0, 19_000), before);
});
