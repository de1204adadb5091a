import { frameAtTime, framesToHold, toFrameRate } from '@bachata-buddy/media';
import t from 'tap';

t.test('decimal rates become the exact fractions that broadcasters use', async (t) => {
  t.same(toFrameRate(30), { num: 30, den: 1 });
  t.same(toFrameRate(29.97), { num: 30_000, den: 1_001 });
  t.same(toFrameRate(23.976), { num: 24_000, den: 1_001 });
  t.same(toFrameRate(59.94), { num: 60_000, den: 1_001 });
  t.same(toFrameRate(12.5), { num: 25, den: 2 });
});

t.test('a rate that is no rate is refused', async (t) => {
  for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    t.throws(() => toFrameRate(value), RangeError);
});

t.test('frames of a long timeline stay within half a frame of their times', async (t) => {
  const rate = toFrameRate(29.97);
  for (let beat = 0; beat < 1_000; beat++) {
    const timeSec = beat * 0.4651;
    const offSec = Math.abs((frameAtTime(timeSec, rate) * rate.den) / rate.num - timeSec);
    t.ok(offSec <= 1_001 / 30_000 / 2 + 1e-9, `beat ${beat}`);
  }
});

t.test('frames that hold a duration last at least as long, and not a frame longer', async (t) => {
  t.equal(framesToHold(2, { num: 30, den: 1 }), 60, 'an exact multiple is taken as it is');
  t.equal(framesToHold(137.2096, { num: 30, den: 1 }), 4117);
  t.equal(framesToHold(0.1 + 0.2, { num: 30, den: 1 }), 9, 'a rounding error of decimals is no frame');
  t.equal(framesToHold(1001 / 30, toFrameRate(29.97)), 1000);
  t.equal(framesToHold(0, { num: 30, den: 1 }), 0);
});
