import t from 'tap';
import { measureEnergy } from '../src/energy.ts';
import { soundOfSamples } from '../src/sound.ts';

t.test('energy is relative to the loudest second and follows a step in loudness', async (t) => {
  const rateHz = 1000;
  const samples = Float32Array.from(
    { length: 10 * rateHz },
    (_, i) => (i < 5000 ? 0.1 : 0.4) * (i % 2 ? 1 : -1),
  );
  const { hopSec, values } = measureEnergy(soundOfSamples(samples), rateHz);
  t.equal(values.length, 10 / hopSec);
  t.ok(values.slice(0, 9).every((value) => Math.abs(value - 0.25) < 1e-6));
  t.ok(values.slice(11).every((value) => Math.abs(value - 1) < 1e-6));
});

t.test('no samples have no energy values, silence has zeros', async (t) => {
  t.same(measureEnergy(soundOfSamples(new Float32Array(0)), 22_050).values, []);
  t.same(measureEnergy(soundOfSamples(new Float32Array(22_050)), 22_050).values, [0, 0]);
});
