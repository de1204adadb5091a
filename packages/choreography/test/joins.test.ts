import t from 'tap';
import { buildMoveLibrary, joinBetween, type Move, partOf } from '../src/index.ts';
import { endsOf, makeJoinCosts } from '../src/library/joins.ts';
import { coupleAt, unseenAt } from './support/couples.ts';
import { makeMove } from './support/synthetic.ts';

const clip = (moveId: string, poses: NonNullable<Move['poses']> | null, counts = 8): Move => ({
  ...makeMove({ moveId, counts }),
  poses,
});
const whole = (move: Move) => ({ move, fromCount: 0, toCount: move.counts });

t.test('a join is how far the dancers jump from where one clip ends to where the next begins', async (t) => {
  const before = clip('a', [coupleAt(0, [0.1, 0.3]), coupleAt(8, [0.6, 1])]);
  const after = clip('b', [coupleAt(0, [0.7, 1.2]), coupleAt(8, [0, 0])]);
  const join = joinBetween(whole(before), whole(after));
  t.ok(Math.abs((join?.distance ?? 0) - (0.1 + 0.2) / 2) < 1e-9);
  t.equal(join?.turned, 0);
});

t.test('whichever dancer of the one clip is whichever of the other, the nearer way counts', async (t) => {
  const before = clip('a', [coupleAt(8, [0.6, 1])]);
  const after = clip('b', [coupleAt(0, [1, 0.6], { facing: [-90, 90] })]);
  t.same(joinBetween(whole(before), whole(after)), { distance: 0, turned: 0 });
  const turned = clip('c', [coupleAt(0, [0.6, 1], { facing: [-90, -90] })]);
  t.equal(joinBetween(whole(before), whole(turned))?.turned, 0.5, 'one of them faces the other way');
});

t.test('what is shown of a clip says which of its poses meet', async (t) => {
  const long = clip(
    'a',
    [0, 4, 8, 12, 16].map((count) => coupleAt(count, [count / 10, count / 10 + 1])),
    16,
  );
  const second = { trimStartSec: long.firstDownbeatSec + (8 * 60) / long.tempoBpm, counts: 8 };
  t.match(partOf(long, second), { fromCount: 8, toCount: 16 });
  const still = clip('b', [coupleAt(0, [0.8, 1.8])]);
  const first = { ...second, trimStartSec: long.firstDownbeatSec };
  t.equal(joinBetween(partOf(long, first), whole(still))?.distance, 0, 'it ends with its count 8');
});

t.test(
  'of a couple that was not found, or of guesses, a join is not known and costs what is usual',
  async (t) => {
    const known = clip('a', [coupleAt(8, [0.6, 1])]);
    const others = [
      clip('b', [unseenAt(0)]),
      clip('c', []),
      clip('d', null),
      clip('e', [coupleAt(0, [0, 0], { confidence: 0.1 })]),
    ];
    const costs = makeJoinCosts(0.2);
    const cost = (before: Move, after: Move) =>
      costs.after(endsOf(whole(before)).last)(endsOf(whole(after)).first);
    for (const other of others) {
      t.equal(joinBetween(whole(known), whole(other)), null, other.moveId);
      t.ok(cost(known, other) >= 0.2, other.moveId);
    }
    t.equal(cost(known, others[0]!), 0.2);
  },
);

t.test('a library knows what its joins usually cost', async (t) => {
  const moves = [0.2, 0.4].map((x, index) =>
    clip(`m${index}`, [coupleAt(0, [x, x + 0.4]), coupleAt(8, [x, x + 0.4])]),
  );
  t.ok(Math.abs((await buildMoveLibrary(moves)).usualJoinCost - 0.2) < 1e-9);
  t.equal((await buildMoveLibrary([makeMove({ moveId: 'x' })])).usualJoinCost, 0);
});
