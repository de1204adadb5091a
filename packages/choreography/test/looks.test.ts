import t from 'tap';
import { buildMoveLibrary, findAlternatives, planChoreography } from '../src/index.ts';
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

/** Every move there is twice, once of each of two couples. */
const twoCouples = makeMoves(4, { count: 24, tempi: [128] }).flatMap((move) =>
  [1, 40].map((colour) => ({ ...move, moveId: `${move.moveId}_${colour}`, look: lookOf(colour, 2) })),
);
const analysis = makeAnalysis();
const request = makeRequest({ difficulty: 'advanced' });

t.test('dancers change where a part of the song begins, not within a phrase', async (t) => {
  const colourOf = new Map(twoCouples.map(({ moveId, look }) => [moveId, look.dancers[0]![0]]));
  const library = await buildMoveLibrary(twoCouples);
  const { moves: dance } = await planChoreography({ analysis, library, request });
  const starts = analysis.sections.map(({ start }) => start);
  const changes = dance.filter(
    ({ moveId }, index) => index > 0 && colourOf.get(moveId) !== colourOf.get(dance[index - 1]!.moveId),
  );
  const withinSections = changes.filter(
    ({ startSec }) => !starts.some((start) => Math.abs(start - startSec) < 0.05),
  );
  t.same(withinSections, []);
});

t.test('what could begin a part of the song looks like what follows, not like what was', async (t) => {
  const library = await buildMoveLibrary(twoCouples);
  const { moves: dance } = await planChoreography({ analysis, library, request });
  const inColour = (moveId: string, colour: number) => moveId.replace(/_\d+$/, `_${colour}`);
  const { start } = analysis.sections[2]!;
  const index = dance.findIndex(({ startSec }) => Math.abs(startSec - start) < 0.05);
  for (const [before, after] of [[1, 40] as const, [40, 1] as const]) {
    const moves = dance.map((move, place) => ({
      ...move,
      moveId: inColour(move.moveId, place < index ? before : after),
    }));
    const found = findAlternatives({ moves, index, most: 100, analysis, library, request });
    const ids = found.map(({ move }) => move.moveId);
    const ofBoth = ids.filter((id) => id.endsWith(`_${after}`) && ids.includes(inColour(id, before)));
    t.ok(ofBoth.length > 0);
    for (const id of ofBoth) t.ok(ids.indexOf(id) < ids.indexOf(inColour(id, before)), id);
  }
});
