import t from 'tap';
import { buildMoveLibrary, planChoreography } from '../src/index.ts';
import { lookOf } from './support/couples.ts';
import { makeAnalysis, makeMoves, makeRequest } from './support/synthetic.ts';

t.test('clips of the same people, dressed and filmed alike, are of one look', async (t) => {
  const looks = [lookOf(1, 2), lookOf(1, 2), lookOf(9, 2), null, lookOf(300, 30)];
  const moves = makeMoves(3, { count: 5 }).map((move, index) => ({ ...move, look: looks[index] ?? null }));
  const library = await buildMoveLibrary(moves);
  const [first, second, otherPeople, unknown, otherPlace] = moves.map((move) => library.lookOf(move));
  t.equal(first, second);
  t.equal(unknown, null);
  t.equal(new Set([first, otherPeople, otherPlace]).size, 3);
});

t.test('dancers change where a part of the song begins, not within a phrase', async (t) => {
  // Every move there is twice, once of each of two couples.
  const moves = makeMoves(4, { count: 24, tempi: [128] }).flatMap((move) =>
    [1, 40].map((colour) => ({ ...move, moveId: `${move.moveId}_${colour}`, look: lookOf(colour, 2) })),
  );
  const colourOf = new Map(moves.map(({ moveId, look }) => [moveId, look.dancers[0]![0]]));
  const analysis = makeAnalysis();
  const { moves: dance } = await planChoreography({
    analysis,
    library: await buildMoveLibrary(moves),
    request: makeRequest({ difficulty: 'advanced' }),
  });
  const starts = analysis.sections.map(({ start }) => start);
  const changes = dance.filter(
    ({ moveId }, index) => index > 0 && colourOf.get(moveId) !== colourOf.get(dance[index - 1]!.moveId),
  );
  const withinSections = changes.filter(
    ({ startSec }) => !starts.some((start) => Math.abs(start - startSec) < 0.05),
  );
  t.same(withinSections, []);
});
