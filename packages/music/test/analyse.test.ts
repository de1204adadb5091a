import t, { type Test } from 'tap';
import {
  ANALYSIS_VERSION,
  analyseSamples,
  EMBEDDING_SIZE,
  SECTION_LABELS,
  type SongAnalysis,
} from '../src/index.ts';
import { makeNoise, RATE_HZ, synthesiseBachata, synthesiseClicks } from './support/synthesise.ts';

/** What holds for every analysis, whatever the audio. */
function checkInvariants(
  t: Pick<Test, 'ok' | 'equal' | 'notMatch'>,
  analysis: SongAnalysis,
  durationSec: number,
): void {
  const { beats, downbeats, eights, sections, energy, embedding, confidence } = analysis;
  t.equal(analysis.version, ANALYSIS_VERSION);
  t.ok(Math.abs(analysis.durationSec - durationSec) < 1e-9);
  t.ok(beats.every((beat, i) => beat >= 0 && beat <= durationSec && (i === 0 || beat > beats[i - 1]!)));
  t.ok(downbeats.every((downbeat) => beats.includes(downbeat)));
  t.ok(eights.every((eight) => downbeats.includes(eight)));
  t.equal(analysis.tempoBpm === 0, beats.length === 0);
  t.equal(sections.length === 0, downbeats.length === 0);
  for (const [i, section] of sections.entries()) {
    t.ok(SECTION_LABELS.includes(section.label));
    t.ok(section.end > section.start && section.energy >= 0 && section.energy <= 1);
    t.ok(section.confidence >= 0 && section.confidence <= 1);
    t.ok(downbeats.includes(section.start));
    if (i > 0) t.equal(section.start, sections[i - 1]!.end);
  }
  t.equal(sections.at(-1)?.end ?? durationSec, durationSec);
  t.equal(energy.values.length, Math.ceil(durationSec / energy.hopSec));
  t.ok(energy.values.every((value) => value >= 0 && value <= 1));
  t.equal(embedding.length, EMBEDDING_SIZE);
  const length = Math.hypot(...embedding);
  t.ok(length === 0 || Math.abs(length - 1) < 1e-9, `embedding of length ${length}`);
  t.ok(Object.values(confidence).every((value) => value >= 0 && value <= 1));
  t.notMatch(JSON.stringify(analysis), /null/, 'no NaN or Infinity');
}

for (const durationSec of [0, 0.5, 2, 30]) {
  t.test(`${durationSec} s of silence have tempo 0, no beats and a zero embedding`, async (t) => {
    const analysis = analyseSamples(new Float32Array(durationSec * RATE_HZ), RATE_HZ);
    checkInvariants(t, analysis, durationSec);
    t.equal(analysis.tempoBpm, 0);
    t.same(analysis.beats, []);
    t.same(analysis.sections, []);
    t.ok(analysis.embedding.every((value) => value === 0));
    t.same(analysis.confidence, { tempo: 0, beat: 0, downbeat: 0, eight: 0 });
  });
}

for (const sampleCount of [1, 2, 255, 1024, 11_025, 22_050, 33_075, 44_100]) {
  t.test(`${sampleCount} samples of noise are answered without a throw or a NaN`, async (t) => {
    const analysis = analyseSamples(Float32Array.from({ length: sampleCount }, makeNoise(3)), RATE_HZ);
    checkInvariants(t, analysis, sampleCount / RATE_HZ);
    t.ok(analysis.confidence.beat < 0.5);
  });
}

t.test('half a second of clicks is no rhythm, two seconds are', async (t) => {
  const click = (durationSec: number) => synthesiseClicks({ tempoBpm: 128, durationSec }).samples;
  t.same(analyseSamples(click(0.5), RATE_HZ).beats, []);
  const analysis = analyseSamples(click(2.2), RATE_HZ);
  checkInvariants(t, analysis, 2.2);
  t.ok(Math.abs(analysis.tempoBpm - 128) < 1);
});

t.test('tones, drones, sweeps and noise have no tempo to be sure of, nor beats nor a 1', async (t) => {
  const sine = (hz: number, time: number) => Math.sin(2 * Math.PI * hz * time);
  const noise = makeNoise(5);
  let walk = 0;
  let drop = 0;
  const signals: Record<string, (time: number) => number> = {
    ...Object.fromEntries(
      [50, 60, 220, 440, 441, 1000, 3000].map((hz) => [`${hz} Hz`, (time) => sine(hz, time)]),
    ),
    square: (time) => Math.sign(sine(110, time)),
    sawtooth: (time) => 2 * ((82 * time) % 1) - 1,
    sweep: (time) => Math.sin(2 * Math.PI * (100 * time + 20 * time * time)),
    vibrato: (time) => Math.sin(2 * Math.PI * 440 * time + 4 * sine(5.5, time)),
    drone: (time) => 0.4 * sine(110, time) + 0.4 * sine(165.3, time) + 0.2 * sine(220.7, time),
    'low drone': (time) => [55, 82.4, 110.3, 164.9].reduce((sum, hz) => sum + 0.2 * sine(hz, time), 0),
    'hum and hiss': (time) => 0.5 * sine(60, time) + 0.02 * noise(),
    'white noise': noise,
    'brown noise': () => {
      walk = 0.995 * walk + 0.05 * noise();
      return walk;
    },
    waves: (time) => noise() * (0.5 + 0.5 * sine(0.12, time)),
    rain: () => {
      drop = noise() > 0.9995 ? 1 : drop * 0.997;
      return drop * noise();
    },
    constant: () => 0.4,
  };
  for (const [name, signal] of Object.entries(signals)) {
    const analysis = analyseSamples(
      Float32Array.from({ length: 20 * RATE_HZ }, (_, i) => 0.5 * signal(i / RATE_HZ)),
      RATE_HZ,
    );
    checkInvariants(t, analysis, 20);
    const { tempo, beat, downbeat } = analysis.confidence;
    t.ok(tempo < 0.1 && beat < 0.25 && downbeat < 0.25, `${name}: ${tempo}, ${beat}, ${downbeat}`);
  }
});

t.test('invalid audio is refused with MUSIC_INVALID_AUDIO', async (t) => {
  const good = new Float32Array(100);
  const bad: ReadonlyArray<readonly [Float32Array, number]> = [
    [Float32Array.from([0, Number.NaN]), RATE_HZ],
    [Float32Array.from([Number.POSITIVE_INFINITY]), RATE_HZ],
    [good, 0],
    [good, -1],
    [good, Number.NaN],
    [good, Number.POSITIVE_INFINITY],
    [[0, 1] as unknown as Float32Array, RATE_HZ],
  ];
  for (const [samples, rateHz] of bad) {
    t.throws(() => analyseSamples(samples, rateHz), { name: 'AppError', code: 'MUSIC_INVALID_AUDIO' });
  }
});

t.test('loudness changes nothing but the loudness, and the input is left alone', async (t) => {
  const { samples } = synthesiseBachata({ tempoBpm: 126, parts: [['verse', 6]] });
  const before = samples.slice();
  const loud = analyseSamples(samples, RATE_HZ);
  const soft = analyseSamples(
    samples.map((value) => value * 0.004),
    RATE_HZ,
  );
  t.same(samples, before);
  t.equal(soft.beats.length, loud.beats.length);
  t.ok(soft.beats.every((beat, i) => Math.abs(beat - loud.beats[i]!) < 1e-3));
  t.ok(soft.embedding.every((value, i) => Math.abs(value - loud.embedding[i]!) < 1e-3));
});

t.test('the same audio gets the same answer', async (t) => {
  const { samples } = synthesiseBachata({ tempoBpm: 131, parts: [['verse', 6]] });
  t.same(analyseSamples(samples, RATE_HZ), analyseSamples(samples, RATE_HZ));
});

t.test('a whole song meets every promise of the type', async (t) => {
  const { samples } = synthesiseBachata({
    tempoBpm: 126,
    parts: [
      ['intro', 4],
      ['verse', 8],
      ['chorus', 8],
    ],
  });
  checkInvariants(t, analyseSamples(samples, RATE_HZ), samples.length / RATE_HZ);
});
