import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { makePacedQueue } from '../../src/uploads/make-paced-queue.ts';

t.test(
  'one after the other, in the order in which they came, each with a rest behind it where others wait',
  async (t) => {
    const events: string[] = [];
    const inTurn = makePacedQueue({
      rest: async (ms) => events.push(ms > 0 && ms <= 1_000 ? 'rest' : `rest of ${ms} ms`),
    });
    const work = (name: string) =>
      inTurn(async () => {
        events.push(`${name} begins`);
        await sleep(1);
        events.push(`${name} ends`);
        return name;
      });
    t.strictSame(await Promise.all([work('a'), work('b'), work('c')]), ['a', 'b', 'c']);
    t.strictSame(events, [
      ...['a begins', 'a ends', 'rest'],
      ...['b begins', 'b ends', 'rest'],
      ...['c begins', 'c ends'],
    ]);
    t.equal(await work('d'), 'd', 'the queue is free again');
    t.notOk(events.slice(8).includes('rest'), 'nobody rests behind the last');
  },
);

t.test('work that fails fails for its caller alone', async (t) => {
  const inTurn = makePacedQueue({ rest: async () => {} });
  const first = inTurn(() => Promise.reject(new Error('broken')));
  const second = inTurn(async () => 'whole');
  await t.rejects(first, { message: 'broken' });
  t.equal(await second, 'whole');
});
