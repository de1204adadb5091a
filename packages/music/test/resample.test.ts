import t from 'tap';
import { resample } from '../src/resample.ts';

function sine(frequencyHz: number, rateHz: number, durationSec: number): Float32Array {
  return Float32Array.from({ length: rateHz * durationSec }, (_, i) =>
    Math.sin((2 * Math.PI * frequencyHz * i) / rateHz),
  );
}

for (const fromHz of [8_000, 16_000, 44_100, 48_000]) {
  t.test(`a 1 kHz tone keeps shape and phase from ${fromHz} to 22,050 Hz`, async (t) => {
    const output = resample(sine(1000, fromHz, 1), fromHz, 22_050);
    const expected = sine(1000, 22_050, 1);
    t.equal(output.length, 22_050);
    // The ends miss half of their neighbours.
    const errors = output.slice(100, -100).map((value, i) => Math.abs(value - expected[i + 100]!));
    t.ok(Math.max(...errors) < 0.01, `largest error ${Math.max(...errors)}`);
  });
}

t.test('what lies above the new Nyquist frequency is removed, not folded down', async (t) => {
  const output = resample(sine(15_000, 44_100, 1), 44_100, 22_050).slice(100, -100);
  t.ok(output.every((value) => Math.abs(value) < 0.01));
});

t.test('equal rates and empty input pass through', async (t) => {
  const samples = sine(100, 1000, 1);
  t.equal(resample(samples, 1000, 1000), samples);
  t.equal(resample(new Float32Array(0), 44_100, 22_050).length, 0);
});
