import t, { type Test } from 'tap';
import { beatF } from '../../../bench/music/scores.ts';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseSamples, type SongAnalysis } from '../src/index.ts';
import { resample } from '../src/resample.ts';
import { RATE_HZ, type SyntheticSong, synthesiseBachata } from './support/synthesise.ts';

/** What is told of any song: only tempi that people dance to, with room for measurement. */
const TEMPO_BPM = { lowest: 73, highest: 193 };

const song = synthesiseBachata({
  tempoBpm: 120,
  parts: [
    ['verse', 8],
    ['chorus', 8],
  ],
});
const heard = analyseSamples(song.samples, RATE_HZ);

/** Every time of the one is within a few milliseconds of the other's. */
function sameTimes(t: Pick<Test, 'equal' | 'ok'>, actual: readonly number[], expected: readonly number[]) {
  t.equal(actual.length, expected.length);
  t.ok(actual.every((time, i) => Math.abs(time - expected[i]!) < 0.01));
}

function sameCounts(t: Pick<Test, 'equal' | 'ok'>, actual: SongAnalysis, delaySec = 0) {
  for (const name of ['beats', 'downbeats', 'eights'] as const) {
    sameTimes(
      t,
      actual[name],
      heard[name].map((time) => time + delaySec),
    );
  }
}

t.test('silence in front moves all counts by as much', async (t) => {
  for (const delaySec of [0.35, 2.2]) {
    const delay = Math.round(delaySec * RATE_HZ);
    const later = new Float32Array(delay + song.samples.length);
    later.set(song.samples, delay);
    sameCounts(t, analyseSamples(later, RATE_HZ), delay / RATE_HZ);
  }
});

t.test('loudness and polarity change no count', async (t) => {
  for (const gain of [-1, 0.01, -3]) {
    sameCounts(
      t,
      analyseSamples(
        song.samples.map((sample) => gain * sample),
        RATE_HZ,
      ),
    );
  }
});

t.test('another sample rate changes no count', async (t) => {
  for (const rateHz of [16_000, 44_100, 48_000]) {
    sameCounts(t, analyseSamples(resample(song.samples, RATE_HZ, rateHz), rateHz));
  }
});

t.test(
  'played at half or double speed, a song is counted at its tempo or an octave of it that is danced',
  async (t) => {
    for (const speed of [0.5, 2]) {
      const { tempoBpm } = analyseSamples(song.samples, speed * ANALYSIS_SAMPLE_RATE_HZ);
      t.ok(tempoBpm > TEMPO_BPM.lowest && tempoBpm < TEMPO_BPM.highest, `${tempoBpm}`);
      const octaves = Math.log2(tempoBpm / (120 * speed));
      t.ok(Math.abs(octaves - Math.round(octaves)) < 0.01, `${octaves} octaves`);
    }
  },
);

t.test('40 and 220 BPM are counted at an octave that is danced', async (t) => {
  for (const trueBpm of [40, 220]) {
    const { samples } = synthesiseBachata({ tempoBpm: trueBpm, parts: [['verse', trueBpm > 100 ? 24 : 8]] });
    const { tempoBpm } = analyseSamples(samples, RATE_HZ);
    t.ok(tempoBpm > TEMPO_BPM.lowest && tempoBpm < TEMPO_BPM.highest, `${tempoBpm}`);
    const octaves = Math.log2(tempoBpm / trueBpm);
    t.ok(Math.abs(octaves - Math.round(octaves)) < 0.01, `${trueBpm}: ${tempoBpm}`);
  }
});

/** The song up to one beat, and on from another, which may be an earlier one. */
function jump({ samples, beats, downbeats }: SyntheticSong, at: number, to: number): SyntheticSong {
  const [endSec, startSec] = [beats[at]!, beats[to]!];
  const [end, start] = [Math.round(endSec * RATE_HZ), Math.round(startSec * RATE_HZ)];
  const joined = new Float32Array(end + samples.length - start);
  joined.set(samples.subarray(0, end));
  joined.set(samples.subarray(start), end);
  const move = (times: readonly number[]) => [
    ...times.filter((time) => time < endSec - 1e-6),
    ...times.filter((time) => time >= startSec - 1e-6).map((time) => time + endSec - startSec),
  ];
  return { samples: joined, beats: move(beats), downbeats: move(downbeats) };
}

t.test('a bar of two, or of six, within a song does not turn the rest around', async (t) => {
  const whole = synthesiseBachata({ tempoBpm: 124, parts: [['verse', 32]] });
  const odd = { 'a bar of two': jump(whole, 66, 68), 'a bar of six': jump(whole, 68, 66) };
  for (const [name, { samples, beats, downbeats }] of Object.entries(odd)) {
    const found = analyseSamples(samples, RATE_HZ);
    t.ok(beatF(beats, found.beats) > 0.97, `${name}: beats ${beatF(beats, found.beats)}`);
    t.ok(beatF(downbeats, found.downbeats) > 0.9, `${name}: "1" ${beatF(downbeats, found.downbeats)}`);
  }
});

t.test('of two songs in one file each is followed at its own tempo', async (t) => {
  const first = synthesiseBachata({ tempoBpm: 118, parts: [['verse', 16]] });
  const second = synthesiseBachata({ tempoBpm: 134, parts: [['verse', 16]] });
  const samples = new Float32Array(first.samples.length + second.samples.length);
  samples.set(first.samples);
  samples.set(second.samples, first.samples.length);
  const offsetSec = first.samples.length / RATE_HZ;
  const { beats } = analyseSamples(samples, RATE_HZ);
  const truth = [...first.beats, ...second.beats.map((beat) => beat + offsetSec)];
  t.ok(beatF(truth, beats) > 0.9, `${beatF(truth, beats)}`);
});
