import t from 'tap';
import {
  findIngestedMove,
  listMoves,
  listPreparable,
  movesRevision,
  notePrepared,
  retireMove,
  retireMovesExcept,
  upsertMove,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { moveValues } from './fixtures.ts';

t.test('a move is added, then unchanged, then updated, and is listed as it was given', async (t) => {
  const { db } = await makeTestDatabase(t);
  const embedding = {
    pose: Array.from({ length: 512 }, (_, index) => Math.sin(index)),
    audio: Array.from({ length: 128 }, (_, index) => Math.cos(index) / 7),
    text: Array(384).fill(0),
  };
  const values = moveValues({ moveId: 'turn', embedding });
  t.equal(await upsertMove(db, values), 'added');
  t.equal(await upsertMove(db, values), 'unchanged');
  const { beats, contentHash, ...listed } = values;
  t.strictSame(await listMoves(db), [listed]);
  t.equal(
    await upsertMove(db, { ...values, embedding: { ...embedding, text: Array(384).fill(1) } }),
    'updated',
  );
  t.equal(await upsertMove(db, { ...values, beats: [] }), 'updated');
  t.equal((await listMoves(db)).length, 1);
});

t.test(
  'of a prepared clip the planner gets the prepared object, and of one that is no more its source',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const values = moveValues({ moveId: 'turn', videoPath: 'moves/turn.mp4' });
    t.equal(await upsertMove(db, { ...values, preparedPath: 'prepared/clips/a.mp4' }), 'added');
    t.match(await listMoves(db), [{ videoPath: 'prepared/clips/a.mp4' }]);
    t.equal(await upsertMove(db, { ...values, preparedPath: 'prepared/clips/b.mp4' }), 'updated');
    t.match(await listMoves(db), [{ videoPath: 'prepared/clips/b.mp4' }]);
    t.match(await listPreparable(db), [
      { moveId: 'turn', videoPath: 'moves/turn.mp4', preparedPath: 'prepared/clips/b.mp4' },
    ]);
    t.equal(await upsertMove(db, values), 'updated');
    t.match(await listMoves(db), [{ videoPath: 'moves/turn.mp4' }]);
  },
);

t.test('a clip prepared later is noted, unless it has become another clip meanwhile', async (t) => {
  const { db } = await makeTestDatabase(t);
  await upsertMove(db, moveValues({ moveId: 'turn', contentHash: 'old' }));
  const before = await movesRevision(db);
  const [move] = await listPreparable(db);
  t.ok(await notePrepared(db, move!, 'prepared/clips/a.mp4'));
  t.match(await listMoves(db), [{ videoPath: 'prepared/clips/a.mp4' }]);
  t.not(await movesRevision(db), before, 'planners look again');
  await upsertMove(db, moveValues({ moveId: 'turn', contentHash: 'new' }));
  t.notOk(await notePrepared(db, move!, 'prepared/clips/a.mp4'), 'other bytes');
  const [renewed] = await listPreparable(db);
  await upsertMove(db, moveValues({ moveId: 'turn', contentHash: 'new', firstDownbeatSec: 0.5 }));
  t.notOk(await notePrepared(db, renewed!, 'prepared/clips/a.mp4'), 'another grid');
  await retireMove(db, 'turn');
  t.same(await listPreparable(db), [], 'a retired one is not offered');
});

t.test('moves are listed by id, letter by letter', async (t) => {
  const { db } = await makeTestDatabase(t);
  for (const moveId of ['b', 'a_2', 'B', 'a-10']) await upsertMove(db, moveValues({ moveId }));
  t.same(
    (await listMoves(db)).map((move) => move.moveId),
    ['B', 'a-10', 'a_2', 'b'],
  );
});

t.test('clips of a source that vanished are retired, and come back when they are found again', async (t) => {
  const { db } = await makeTestDatabase(t);
  for (const moveId of ['c', 'a', 'b']) await upsertMove(db, moveValues({ moveId }));
  await upsertMove(db, moveValues({ moveId: 'other', source: 'elsewhere' }));
  t.same(await retireMovesExcept(db, 'test', ['b']), ['a', 'c']);
  t.same(await retireMovesExcept(db, 'test', ['b']), [], 'only once');
  t.same(
    (await listMoves(db)).map((move) => move.moveId),
    ['b', 'other'],
  );
  t.equal(await upsertMove(db, moveValues({ moveId: 'a' })), 'updated');
  t.same(await retireMovesExcept(db, 'test', []), ['a', 'b']);
  const { rows } = await db.pool.query('select count(*)::int as count from move_embeddings');
  t.same(rows, [{ count: 4 }], 'none is deleted');
});

t.test('one clip is retired by its id, and what was measured of it can still be read', async (t) => {
  const { db } = await makeTestDatabase(t);
  const values = moveValues({ moveId: 'a' });
  await upsertMove(db, values);
  await retireMove(db, 'a');
  t.same(await listMoves(db), []);
  t.match(await findIngestedMove(db, 'a'), { contentHash: 'abc', beats: values.beats, counts: 16 });
  t.equal(await findIngestedMove(db, 'b'), null);
});

t.test('the revision changes with every change of the library and only then', async (t) => {
  const { db } = await makeTestDatabase(t);
  const seen = [await movesRevision(db)];
  const changes = [
    () => upsertMove(db, moveValues({ moveId: 'a' })),
    () => upsertMove(db, moveValues({ moveId: 'b' })),
    () => upsertMove(db, moveValues({ moveId: 'a', counts: 8 })),
    () => retireMovesExcept(db, 'test', ['b']),
    () => upsertMove(db, moveValues({ moveId: 'a' })),
  ];
  for (const change of changes) {
    await change();
    seen.push(await movesRevision(db));
  }
  t.equal(new Set(seen).size, changes.length + 1);
  await upsertMove(db, moveValues({ moveId: 'a' }));
  t.equal(await movesRevision(db), seen.at(-1));
});

t.test('a move the planner could not use is refused', async (t) => {
  const { db } = await makeTestDatabase(t);
  await t.rejects(upsertMove(db, moveValues({ durationSec: 0 })), { code: 'DB_CONSTRAINT' });
  await t.rejects(upsertMove(db, moveValues({ difficulty: 'expert' as never })), { code: 'DB_CONSTRAINT' });
});
