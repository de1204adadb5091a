import t from 'tap';
import { measureOnsetStrength } from '../src/onset-strength.ts';
import { soundOfSamples } from '../src/sound.ts';
import { visitSpectra } from '../src/spectrogram.ts';
import { findStrongestPeriod, measureTempogram } from '../src/tempo.ts';
import { RATE_HZ, synthesiseClicks } from './support/synthesise.ts';

t.test('a full-scale sine reads 1 in its own bin', async (t) => {
  const bin = 32;
  const samples = Float32Array.from({ length: 4096 }, (_, i) => Math.sin((2 * Math.PI * bin * i) / 512));
  visitSpectra(
    soundOfSamples(samples),
    { windowSize: 512, hopSize: 512, startSample: 2048, frameCount: 1 },
    (powers) => {
      t.ok(Math.abs(Math.sqrt(powers[bin]!) - 1) < 1e-3);
      t.ok(Math.sqrt(powers[bin + 4]!) < 1e-3);
    },
  );
});

t.test('onset strength peaks within a frame of each click and is nothing between', async (t) => {
  const { samples, beats } = synthesiseClicks({ tempoBpm: 120, durationSec: 6.5, firstBeatSec: 0.25 });
  const onsets = measureOnsetStrength(soundOfSamples(samples), RATE_HZ);
  const total = Float32Array.from({ length: onsets.frameCount }, (_, i) =>
    onsets.raw.reduce((sum, band) => sum + band[i]!, 0),
  );
  for (const beat of beats.slice(0, -1)) {
    const centre = Math.round(beat * onsets.frameRateHz);
    const around = total.slice(centre - 10, centre + 11);
    t.ok(Math.abs(around.indexOf(Math.max(...around)) - 10) <= 2);
    t.ok(total[Math.round((beat + 0.25) * onsets.frameRateHz)]! < 0.05 * Math.max(...around));
  }
});

t.test('a vibrato gives less onset strength than the same tone struck anew', async (t) => {
  const tone = (struck: boolean) =>
    Float32Array.from({ length: 4 * RATE_HZ }, (_, i) => {
      const time = i / RATE_HZ;
      const envelope = struck ? Math.exp(-((time * 6) % 1) * 4) : 1;
      const wobble = struck ? 0 : 3 * Math.sin(2 * Math.PI * 6 * time);
      return 0.3 * envelope * Math.sin(2 * Math.PI * 880 * time + wobble);
    });
  const sum = (samples: Float32Array) =>
    measureOnsetStrength(soundOfSamples(samples), RATE_HZ).raw.reduce(
      (all, band) => all + band.slice(20).reduce((a, b) => a + b, 0),
      0,
    );
  t.ok(sum(tone(false)) < 0.5 * sum(tone(true)));
});

t.test(
  'the strongest period is that of clicks, to a frame, never its double; silence has none',
  async (t) => {
    for (const tempoBpm of [76, 88, 100, 117, 129, 140, 143, 146, 150, 168, 185]) {
      const { samples } = synthesiseClicks({ tempoBpm, durationSec: 15 });
      const onsets = measureOnsetStrength(soundOfSamples(samples), RATE_HZ);
      const tempogram = measureTempogram(onsets);
      const strongest = findStrongestPeriod(tempogram) ?? Number.NaN;
      t.ok(Math.abs(strongest - (60 * onsets.frameRateHz) / tempoBpm) < 1, `${tempoBpm}: ${strongest}`);
      t.ok(Math.max(...tempogram.global) > 0.5);
    }
    const silence = measureTempogram(
      measureOnsetStrength(soundOfSamples(new Float32Array(RATE_HZ)), RATE_HZ),
    );
    t.ok(silence.global.every((strength) => strength === 0));
    t.equal(findStrongestPeriod(silence), null);
  },
);

t.test('which of a period and its double is stronger by a rounding error does not matter', async (t) => {
  const periods = Array.from({ length: 49 }, (_, i) => 26 + i);
  for (const [half, double] of [
    [0.914, 0.915],
    [0.915, 0.914],
    [0.86, 0.915],
  ] as const) {
    const global = Float32Array.from(periods, (period) =>
      period === 35 ? half : period === 71 ? double : 0.3,
    );
    t.equal(findStrongestPeriod({ periods, rowHopFrames: 258, rows: [global], global }), 35);
  }
  const global = Float32Array.from(periods, (period) => (period === 35 ? 0.6 : period === 71 ? 0.915 : 0.3));
  t.equal(findStrongestPeriod({ periods, rowHopFrames: 258, rows: [global], global }), 71);
});
