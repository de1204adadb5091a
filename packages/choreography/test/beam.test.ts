import t from 'tap';
import { makeBeam, type Ranked } from '../src/plan/beam.ts';

const WIDTH = 5;

/** Few different scores and ids, so that many are equal in one or both. */
function itemsOf(count: number): (Ranked & { nth: number })[] {
  return Array.from({ length: count }, (_, nth) => ({
    score: (nth * 7) % 4,
    id: `id-${(nth * 5) % 3}`,
    nth,
  }));
}

t.test('a beam keeps what sorting all by score and id would put first, whatever comes when', async (t) => {
  for (const count of [0, 1, WIDTH, WIDTH + 1, 40]) {
    const items = itemsOf(count);
    const beam = makeBeam<Ranked>(WIDTH);
    for (const item of items) beam.add(item);
    // Array.prototype.sort keeps the order of equals.
    const sorted = items.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    t.same(beam.items, sorted.slice(0, WIDTH), `of ${count}`);
  }
});

t.test('it says beforehand what would not stay', async (t) => {
  const beam = makeBeam<Ranked>(2);
  t.ok(beam.holds(Number.NEGATIVE_INFINITY, 'z'), 'an empty one holds anything');
  for (const item of [
    { score: 2, id: 'b' },
    { score: 1, id: 'b' },
  ])
    beam.add(item);
  t.ok(beam.holds(1, 'a'));
  t.notOk(beam.holds(1, 'b'), 'of equals the first stays');
  t.notOk(beam.holds(1, 'c'));
  t.notOk(beam.holds(0, 'a'));
});
