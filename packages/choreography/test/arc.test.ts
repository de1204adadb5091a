import { DIFFICULTIES, ENERGY_LEVELS } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { buildMoveLibrary, type PlannedMove, planChoreography } from '../src/index.ts';
import { makeAnalysis, makeMoves, makeRequest } from './support/synthetic.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const analysis = makeAnalysis({ beats: 352 });
/** Of one style, so that nothing but level and energy speaks for a move in its place. */
const moves = makeMoves(31, { count: 120 }).map((move) => ({ ...move, style: 'romantic' as const }));
const library = await buildMoveLibrary(moves);
const clips = new Map(moves.map((move) => [move.moveId, move]));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const energyOf = ({ moveId }: PlannedMove) => ENERGY_LEVELS.indexOf(clips.get(moveId)!.energyLevel);
const levelOf = ({ moveId }: PlannedMove) => DIFFICULTIES.indexOf(clips.get(moveId)!.difficulty);

const dances = await Promise.all(
  SEEDS.map((seed) =>
    planChoreography({ analysis, library, request: makeRequest({ difficulty: 'advanced', seed }) }),
  ),
);

t.test('a dance is easier at its beginning than where it has risen', async (t) => {
  const levels = (isOne: (share: number) => boolean) =>
    dances.flatMap((dance) =>
      dance.moves.filter((_, index) => isOne(index / dance.moves.length)).map(levelOf),
    );
  const beginning = mean(levels((share) => share < 0.25));
  const risen = mean(levels((share) => share >= 0.6 && share < 0.9));
  t.ok(beginning + 0.15 < risen, `${beginning.toFixed(2)}, then ${risen.toFixed(2)}`);
});

t.test(
  'it leads to the end of the last chorus: as hard as allowed, and livelier than the rest',
  async (t) => {
    const highlights: number[] = [];
    for (const { moves: danced } of dances) {
      const highlight = danced.findLast(({ explanation }) => explanation?.section === 'chorus 2')!;
      t.match(highlight.explanation?.why, 'has been leading up to this place');
      t.equal(clips.get(highlight.moveId)!.difficulty, 'advanced');
      t.equal(
        danced.filter(({ explanation }) => explanation?.why.includes('leading up')).length,
        1,
        'just one',
      );
      highlights.push(energyOf(highlight));
    }
    t.ok(mean(highlights) > mean(dances.flatMap(({ moves: danced }) => danced.map(energyOf))));
  },
);

t.test('a song of one part, and one without a chorus, is danced as well', async (t) => {
  const part = (label: 'verse' | 'intro', bars: number, energy: number) => ({ label, bars, energy });
  const one = makeAnalysis({ beats: 96, sections: [part('verse', 400, 0.5)] });
  const loud = makeAnalysis({
    beats: 160,
    sections: [part('verse', 8, 1), part('verse', 8, 0.4), part('verse', 8, 0.8), part('verse', 400, 0.3)],
  });
  const request = makeRequest({ difficulty: 'advanced' });
  const flat = await planChoreography({ analysis: one, library, request });
  t.notOk(flat.moves.some(({ explanation }) => explanation?.why.includes('leading up')));
  const risen = await planChoreography({ analysis: loud, library, request });
  const highlights = risen.moves.filter(({ explanation }) => explanation?.why.includes('leading up'));
  t.same(
    highlights.map(({ explanation }) => explanation?.section),
    ['verse 3'],
    'the loudest part of the second half',
  );
});
