import t from 'tap';
import { buildHnswIndex } from '../src/hnsw-index.ts';
import { buildMoveLibrary, combineEmbedding, type Move, searchWithRelaxation } from '../src/index.ts';
import { makeMove, makeMoves, makeRandom, unitVector } from './support/synthetic.ts';

function queryVector(seed: number): Float32Array {
  const random = makeRandom(seed);
  const [pose, audio, text] = [unitVector(random, 512), unitVector(random, 128), unitVector(random, 384)];
  return combineEmbedding({ pose, audio, text });
}

/** The plain definition: cosine with every move, sorted. */
function nearestIds(moves: readonly Move[], vector: Float32Array, k: number): string[] {
  const cosine = (move: Move) =>
    combineEmbedding(move.embedding).reduce((sum, value, index) => sum + value * vector[index]!, 0);
  const ranked = moves.map((move) => ({ id: move.moveId, similarity: cosine(move) }));
  return ranked
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, k)
    .map(({ id }) => id);
}

const ids = (hits: readonly { readonly move: Move }[]) => hits.map((hit) => hit.move.moveId);

t.test('the exact search agrees with the definition, filters before ranking', async (t) => {
  const moves = makeMoves(1, { count: 200 });
  const library = await buildMoveLibrary(moves);
  t.equal(library.searchedBy, 'exact');
  for (let seed = 0; seed < 5; seed++) {
    const vector = queryVector(seed);
    t.same(ids(library.search({ vector, k: 10 })), nearestIds(moves, vector, 10));
    const romantic = moves.filter((move) => move.style === 'romantic' && move.difficulty === 'beginner');
    const hits = library.search({ vector, filters: { style: 'romantic', difficulty: 'beginner' }, k: 500 });
    t.same(ids(hits), nearestIds(romantic, vector, 500));
  }
});

t.test('similarity is the cosine: a move found by its own vector has 1', async (t) => {
  const moves = makeMoves(2);
  const library = await buildMoveLibrary(moves);
  const [hit] = library.search({ vector: combineEmbedding(moves[7]!.embedding), k: 1 });
  t.equal(hit?.move.moveId, moves[7]!.moveId);
  t.ok(Math.abs(hit!.similarity - 1) < 1e-6);
});

t.test('the order of the moves does not matter, equals go by id', async (t) => {
  const moves = ['c', 'a', 'b'].map((moveId) => makeMove({ moveId, name: 'same' }));
  const library = await buildMoveLibrary(moves);
  t.same(ids(library.search({ vector: queryVector(1), k: 3 })), ['a', 'b', 'c']);
});

t.test(
  'moves of unknown embedding are found with similarity 0, two moves of one id are refused',
  async (t) => {
    const unknown = {
      ...makeMove({ moveId: 'x' }),
      embedding: { pose: [], audio: [], text: new Array(384).fill(0) },
    };
    const library = await buildMoveLibrary([unknown]);
    t.match(library.search({ vector: queryVector(1), k: 5 }), [{ similarity: 0 }]);
    await t.rejects(buildMoveLibrary([unknown, unknown]), { code: 'CHOREOGRAPHY_DUPLICATE_MOVE' });
    t.throws(() => library.search({ vector: new Float32Array(3), k: 1 }), {
      code: 'CHOREOGRAPHY_EMBEDDING_INVALID',
    });
    t.same((await buildMoveLibrary([])).search({ vector: queryVector(1), k: 3 }), []);
  },
);

t.test('filters are given up one after the other until there are enough different moves', async (t) => {
  const of = (prefix: string, count: number, overrides: Partial<Move>) =>
    Array.from({ length: count }, (_, index) => makeMove({ moveId: `${prefix}${index}`, ...overrides }));
  const library = await buildMoveLibrary([
    ...of('all', 1, { difficulty: 'beginner', energyLevel: 'high', style: 'romantic' }),
    ...of('style', 2, { difficulty: 'beginner', energyLevel: 'low', style: 'romantic' }),
    ...of('level', 3, { difficulty: 'beginner', energyLevel: 'low', style: 'playful' }),
    ...of('none', 4, { difficulty: 'advanced', energyLevel: 'low', style: 'playful' }),
  ]);
  const filters = { difficulty: 'beginner', energyLevel: 'high', style: 'romantic' } as const;
  const search = (enough: number) => {
    const found = searchWithRelaxation(library, { vector: queryVector(3), filters, k: 20, enough });
    return [found.hits.length, found.relaxedFilters];
  };
  t.same(search(1), [1, []]);
  t.same(search(2), [3, ['energy_level']], 'one hit is not enough');
  t.same(search(4), [6, ['energy_level', 'style']]);
  t.same(search(7), [10, ['energy_level', 'style', 'difficulty']]);
  t.same(search(99), [10, ['energy_level', 'style', 'difficulty']]);
});

t.test(
  'the style modern finds modern moves where there are any, and gives way where there are none',
  async (t) => {
    const filters = { difficulty: 'beginner', energyLevel: 'medium', style: 'modern' } as const;
    const old = makeMove({ moveId: 'old' });
    const search = async (moves: readonly Move[]) =>
      searchWithRelaxation(await buildMoveLibrary(moves), {
        vector: queryVector(1),
        filters,
        k: 5,
        enough: 1,
      });
    t.match(await search([old, makeMove({ moveId: 'new', style: 'modern' })]), {
      hits: { length: 1 },
      relaxedFilters: [],
    });
    t.match(await search([old]), { hits: { length: 1 }, relaxedFilters: ['energy_level', 'style'] });
  },
);

const hasHnswlib = (await buildHnswIndex(new Float32Array(1024).fill(1), 1024)) !== null;
const skip = hasHnswlib ? false : 'hnswlib-node is not installed';

t.test(
  'the approximate index finds nearly what the exact scan finds, with and without filters',
  { skip },
  async (t) => {
    const moves = makeMoves(3, { count: 700 });
    const exact = await buildMoveLibrary(moves);
    const approximate = await buildMoveLibrary(moves, { approximateAbove: 0 });
    t.equal(approximate.searchedBy, 'approximate');
    let found = 0;
    let wanted = 0;
    for (let seed = 0; seed < 10; seed++) {
      for (const filters of [
        {},
        { difficulty: 'beginner' },
        { style: 'modern', energyLevel: 'low' },
      ] as const) {
        const search = { vector: queryVector(seed), filters, k: 20 };
        const truth = ids(exact.search(search));
        const hits = approximate.search(search);
        t.ok(hits.every((hit) => exact.search({ ...search, k: 2_000 }).some((own) => own.move === hit.move)));
        wanted += truth.length;
        found += truth.filter((id) => ids(hits).includes(id)).length;
      }
    }
    t.ok(found / wanted >= 0.95, `recall ${found / wanted}`);
  },
);

t.test(
  'asking the approximate index for more than there is neither ends the process nor loses moves',
  { skip },
  async (t) => {
    const library = await buildMoveLibrary(makeMoves(3, { count: 30 }), { approximateAbove: 0 });
    t.equal(library.search({ vector: queryVector(1), k: 10_000 }).length, 30);
    t.equal(library.search({ vector: queryVector(1), k: 0 }).length, 0);
    t.same(library.search({ vector: queryVector(1), k: 5, accepts: () => false }), []);
    const two = library.moves.slice(0, 2).map((move) => move.moveId);
    const hits = library.search({
      vector: queryVector(1),
      k: 10,
      accepts: (move) => two.includes(move.moveId),
    });
    t.same(ids(hits).sort(), two);
  },
);
