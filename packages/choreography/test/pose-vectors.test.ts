import t from 'tap';
import { buildMoveLibrary, combineEmbedding, type Move } from '../src/index.ts';
import { makeMove, makeRandom, unitVector } from './support/synthetic.ts';

const random = makeRandom(1);
const usual = Array.from({ length: 512 }, random);

/** A move whose couple stands as all do, but for a little of its own. */
function measured(moveId: string, own: readonly number[]): Move {
  const move = makeMove({ moveId, name: 'same' });
  const pose = usual.map((value, index) => value + 0.01 * own[index]!);
  return { ...move, poseKind: 'measured', embedding: { ...move.embedding, pose } };
}

function given(moveId: string, pose: readonly number[]): Move {
  const move = makeMove({ moveId, name: 'same' });
  return { ...move, poseKind: 'given', embedding: { ...move.embedding, pose } };
}

const POSE = unitVector(random, 512);
const query = combineEmbedding({ pose: POSE });

t.test(
  'measured vectors are compared by what differs between moves, not by what all couples share',
  async (t) => {
    const moves = [
      measured('like', POSE),
      measured(
        'unlike',
        POSE.map((value) => -value),
      ),
      measured('other', unitVector(random, 512)),
    ];
    const library = await buildMoveLibrary(moves);
    t.equal(library.poseKind, 'measured');
    const hits = library.search({ vector: query, k: 3 });
    t.same([hits[0]?.move.moveId, hits[2]?.move.moveId], ['like', 'unlike']);
    t.ok(hits[0]!.similarity - hits[2]!.similarity > 0.5, 'they are told apart clearly');
  },
);

t.test('where some were measured, given ones are not compared with them', async (t) => {
  const library = await buildMoveLibrary([
    given('given', POSE),
    measured('m1', unitVector(random, 512)),
    measured('m2', unitVector(random, 512)),
  ]);
  const similarity = (id: string) =>
    library.search({ vector: query, k: 3 }).find(({ move }) => move.moveId === id)?.similarity;
  t.equal(similarity('given'), 0);
});

t.test('where all were given they are compared as they are', async (t) => {
  const library = await buildMoveLibrary([given('a', POSE), given('b', unitVector(random, 512))]);
  t.equal(library.poseKind, 'given');
  t.equal(library.search({ vector: query, k: 1 })[0]?.move.moveId, 'a');
});
