import t from 'tap';
import { listLibraryMoves, type MoveFilter, retireMove, upsertMove } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { moveValues } from './fixtures.ts';

async function makeLibrary(t: Parameters<typeof makeTestDatabase>[0]) {
  const { db } = await makeTestDatabase(t);
  const listed = async (filter: Partial<MoveFilter> = {}) => {
    const { rows, count } = await listLibraryMoves(db, { limit: 20, offset: 0, ...filter });
    return [rows.map((move) => move.moveId).join(' '), count];
  };
  return { db, listed };
}

t.test('the library is listed without what searches it, and without retired moves', async (t) => {
  const { db } = await makeLibrary(t);
  await upsertMove(db, moveValues({ moveId: 'basic' }));
  await upsertMove(db, moveValues({ moveId: 'gone' }));
  await retireMove(db, 'gone');
  t.strictSame(await listLibraryMoves(db, { limit: 9, offset: 0 }), {
    rows: [
      {
        moveId: 'basic',
        name: 'Basic step',
        label: 'basic',
        difficulty: 'beginner',
        energyLevel: 'medium',
        style: 'romantic',
        durationSec: 8.25,
        tempoBpm: 128.4,
        counts: 16,
      },
    ],
    count: 1,
  });
});

t.test('filters, search, order and window are honoured together', async (t) => {
  const { db, listed } = await makeLibrary(t);
  const advanced = { difficulty: 'advanced', energyLevel: 'high', counts: 8 } as const;
  await upsertMove(db, moveValues({ moveId: 'a', name: 'turn 100%', label: 'turn', ...advanced }));
  await upsertMove(db, moveValues({ moveId: 'b', name: 'Basic', durationSec: 12, tempoBpm: 90 }));
  await upsertMove(
    db,
    moveValues({
      moveId: 'c',
      name: 'Wave',
      label: 'body_wave',
      difficulty: 'intermediate',
      style: 'sensual',
    }),
  );
  const cases: [filter: Partial<MoveFilter>, ids: string, count: number][] = [
    [{}, 'b a c', 3],
    [{ difficulty: 'advanced' }, 'a', 1],
    [{ energyLevel: 'medium', style: 'romantic' }, 'b', 1],
    [{ label: 'Body_Wave' }, 'c', 1],
    [{ label: 'body' }, '', 0],
    [{ counts: 16 }, 'b c', 2],
    [{ search: 'WAVE' }, 'c', 1],
    [{ search: '%' }, 'a', 1],
    [{ search: '_' }, 'c', 1],
    [{ ordering: 'difficulty' }, 'b c a', 3],
    [{ ordering: '-difficulty' }, 'a c b', 3],
    [{ ordering: '-duration' }, 'b c a', 3],
    [{ ordering: 'tempo' }, 'b a c', 3],
    [{ limit: 1, offset: 1 }, 'a', 3],
    [{ offset: 3 }, '', 3],
  ];
  for (const [filter, ids, count] of cases) {
    t.strictSame(await listed(filter), [ids, count], JSON.stringify(filter));
  }
});

t.test('moves that stand in are listed only while there are no others', async (t) => {
  const { db, listed } = await makeLibrary(t);
  await upsertMove(db, moveValues({ moveId: 'drawn', source: 'demo' }));
  t.strictSame(await listed({ standInSource: 'demo' }), ['drawn', 1]);
  await upsertMove(db, moveValues({ moveId: 'filmed', source: 'folder' }));
  t.strictSame(await listed({ standInSource: 'demo' }), ['filmed', 1]);
  t.strictSame(
    await listed({ standInSource: 'demo', counts: 8 }),
    ['', 0],
    'a filter does not call them back',
  );
  await retireMove(db, 'filmed');
  t.strictSame(await listed({ standInSource: 'demo' }), ['drawn', 1]);
});
