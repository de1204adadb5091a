import t from 'tap';
import { makePlatformBreaker } from '../../src/launch/platform-breaker.ts';

t.test('a platform that puts launches off is left alone, longer each time, then tried by one', async (t) => {
  let nowMs = 0;
  const breaker = makePlatformBreaker(() => nowMs);
  const ANY = Number.POSITIVE_INFINITY;
  t.equal(breaker.allowed(3), ANY);
  for (let count = 0; count < 10; count += 1) breaker.note('postponed');
  t.equal(breaker.allowed(0), 0, 'ten that failed together are one failure');
  for (const pauseSec of [1, 2, 4, 8, 16, 30, 30]) {
    nowMs += pauseSec * 1_000 - 1;
    t.equal(breaker.allowed(0), 0);
    nowMs += 1;
    t.equal(breaker.allowed(1), 0, 'one is being tried');
    t.equal(breaker.allowed(0), 1);
    breaker.note('postponed');
  }
  nowMs += 30_000;
  breaker.note('handed-over');
  t.equal(breaker.allowed(5), ANY, 'well again');
  breaker.note('postponed');
  t.equal(breaker.allowed(0), 0);
  breaker.reset();
  t.equal(breaker.allowed(0), ANY);
});
