import t from 'tap';
import {
  buildMoveLibrary,
  type ChoreographyRequest,
  type Edit,
  findAlternatives,
  type Move,
  type PlannedMove,
  planChoreography,
  type RevisedMove,
  reviseMoves,
} from '../src/index.ts';
import { makeAnalysis, makeMove, makeMoves, makeRandom, makeRequest, pick } from './support/synthetic.ts';

async function makeDance(seed: number, moves: readonly Move[] = makeMoves(seed)) {
  const analysis = makeAnalysis({ seed });
  const library = await buildMoveLibrary(moves);
  const request = makeRequest({ seed });
  const { moves: dance } = await planChoreography({ analysis, library, request });
  const revise = (...edits: (Edit | null)[]) =>
    reviseMoves({ moves: dance, edits, analysis, library, request });
  const alternatives = (index: number, wish: Partial<ChoreographyRequest> = {}) =>
    findAlternatives({ moves: dance, index, most: 3, analysis, library, request: { ...request, ...wish } });
  return { analysis, library, dance, revise, alternatives };
}

/** All of a move but what it says of the one before. */
function withoutJoin({ explanation, ...move }: PlannedMove): object {
  const { join: _join, compromise: _compromise, ...rest } = explanation ?? {};
  return { ...move, ...rest };
}

/** What is wrong with a dance, judged by the clips and the song's beats alone. */
function faultsOf(
  revised: readonly RevisedMove[],
  before: readonly PlannedMove[],
  { analysis, library }: Pick<Awaited<ReturnType<typeof makeDance>>, 'analysis' | 'library'>,
): string[] {
  const faults: string[] = [];
  const moves = revised.map(({ move }) => move);
  const end = (move: PlannedMove | undefined) => (move?.startSec ?? 0) + (move?.durationSec ?? 0);
  if (moves[0]?.startSec !== before[0]?.startSec) faults.push('begins elsewhere');
  if (Math.abs(end(moves.at(-1)) - end(before.at(-1))) > 1e-6) faults.push('ends elsewhere');
  if (moves[0]?.transition !== 'cut') faults.push('does not begin with a cut');
  moves.forEach((move, index) => {
    const clip = library.moves.find(({ moveId }) => moveId === move.moveId);
    const next = moves[index + 1];
    if (clip === undefined) faults.push(`${index} is no clip`);
    if (next !== undefined && Math.abs(end(move) - next.startSec) > 1e-6)
      faults.push(`${index} leaves a gap`);
    if (!analysis.downbeats.some((time) => Math.abs(time - move.startSec) < 1e-3))
      faults.push(`${index} off`);
    const counted = (move.counts * 60) / (clip?.tempoBpm ?? 1);
    if (revised[index]?.isRelaid && Math.abs(counted / move.durationSec - move.playbackRate) > 0.001) {
      faults.push(`${index} is off the beat: ${move.playbackRate}`);
    }
    const footage = move.trimStartSec + move.durationSec * move.playbackRate;
    if (footage > (clip?.durationSec ?? 0) + 1e-4) faults.push(`${index} runs out of footage`);
  });
  return faults;
}

t.test('any move of many dances can be changed, and the song stays filled on its beats', async (t) => {
  for (let seed = 1; seed <= 6; seed++) {
    const scene = await makeDance(seed);
    const { dance, revise } = scene;
    const random = makeRandom(seed);
    const indices = [0, 1, dance.length - 1, Math.floor(random() * dance.length)];
    for (const index of indices) {
      const old = dance[index]!;
      const another = revise({ action: 'another', index });
      t.same(another.issues, [], `seed ${seed}: another at ${index}`);
      t.same(faultsOf(another.moves, dance, scene), []);
      const chosen = another.moves[index]!.move;
      t.notOk([old, dance[index - 1], dance[index + 1]].some((one) => one?.moveId === chosen.moveId));
      t.same(
        [chosen.startSec, chosen.durationSec, chosen.counts],
        [old.startSec, old.durationSec, old.counts],
      );
      t.same(
        another.moves.filter((_, at) => at !== index).map(({ move }) => withoutJoin(move)),
        dance.filter((_, at) => at !== index).map(withoutJoin),
        'the rest is as it was',
      );
      t.same(revise({ action: 'another', index }), another, 'the same again');

      const removed = revise({ action: 'remove', index });
      t.same(removed.issues, [], `seed ${seed}: without ${index}`);
      t.same(faultsOf(removed.moves, dance, scene), []);
      t.ok(removed.moves.every(({ origin }) => origin !== index));
      const touched = removed.moves.filter(({ isRelaid }) => isRelaid).map(({ origin }) => origin);
      t.ok(
        touched.every((origin) => origin === null || Math.abs(origin - index) === 1),
        'neighbours alone fill it',
      );
    }
    const several = [...new Set([1, 2, 3, pick(random, [5, 6])])].map((index) => ({
      action: 'remove' as const,
      index,
    }));
    const thinned = revise(...several);
    t.same(thinned.issues, []);
    t.same(faultsOf(thinned.moves, dance, scene), []);
  }
});

t.test('no move of a changed dance says what is not true any more', async (t) => {
  const { dance, revise } = await makeDance(4);
  const index = 3;
  const old = dance[index]!;
  t.match(dance[index + 1]?.explanation?.join, old.name);
  const said = (...edits: Edit[]) => revise(...edits).moves.map(({ move }) => move.explanation);
  const another = revise({ action: 'another', index }).moves.map(({ move }) => move);
  t.notOk(another[index]?.explanation);
  t.match(another[index + 1]?.explanation?.join, another[index]?.name ?? '-');
  t.same(
    another.map(({ explanation }) => explanation).filter((_, at) => at !== index && at !== index + 1),
    dance.map(({ explanation }) => explanation).filter((_, at) => at !== index && at !== index + 1),
  );
  t.match(
    said({ action: 'transition', index, transition: 'fade_white' })[index]?.join,
    /^comes in through white, /,
  );
  const centred = said({ action: 'transition', index, transition: 'crossfade', durationSec: 1 });
  t.match(centred[index]?.join, /^blends in around the "1", /);
  const removed = revise({ action: 'remove', index: 0 }).moves;
  t.notOk(removed[0]?.move.explanation, 'it was laid anew');
  for (const [at, { move }] of removed.entries()) {
    if (move.explanation && at > 0) t.ok(move.explanation.join.endsWith(removed[at - 1]!.move.name), `${at}`);
  }

  const only = makeMove({ moveId: 'a', counts: 8 });
  const { dance: moves, analysis } = await makeDance(1, [only]);
  t.match(moves[2]?.explanation?.compromise, /repeated/);
  const library = await buildMoveLibrary([only, { ...only, moveId: 'b' }]);
  const edits = [{ action: 'replace' as const, index: 1, moveId: 'b' }];
  const mixed = reviseMoves({ moves, edits, analysis, library, request: makeRequest() });
  t.same(mixed.issues, []);
  t.notMatch(mixed.moves[2]?.move.explanation?.compromise ?? '', /repeated/);
  t.match(mixed.moves[3]?.move.explanation?.compromise, /repeated/);
});

t.test('a gap is filled by dancing on where the clips hold enough, else by dancing again', async (t) => {
  const long = ['a', 'b', 'c', 'd'].map((moveId) => makeMove({ moveId, counts: 32 }));
  const rich = await makeDance(1, long);
  const on = rich.revise({ action: 'remove', index: 1 });
  t.equal(on.moves.length, rich.dance.length - 1);
  const [before, gone] = [rich.dance[0]!, rich.dance[1]!];
  t.match(on.moves[0]?.move, { moveId: before.moveId, counts: before.counts + gone.counts });

  const short = ['a', 'b', 'c', 'd'].map((moveId) => makeMove({ moveId, counts: 8 }));
  const poor = await makeDance(1, short);
  const again = poor.revise({ action: 'remove', index: 2 });
  t.equal(again.moves.length, poor.dance.length);
  t.match(again.moves[2], { origin: null, move: { moveId: poor.dance[1]?.moveId } });
});

t.test('a gap is not filled over the beginning of a part or of a phrase of 32', async (t) => {
  const clips = [32, 32, 8, 8, 8, 8].map((counts, index) => makeMove({ moveId: `${index}`, counts }));
  const { analysis, dance, revise } = await makeDance(1, clips);
  const starts = analysis.sections.flatMap(({ start, end }) => {
    const eights = analysis.eights.filter((time) => time > start - 0.01 && time < end - 0.01);
    return [start, ...eights.filter((_, eight) => eight % 4 === 0)];
  });
  const crossing = ({ startSec, durationSec }: PlannedMove) =>
    starts.some((start) => start > startSec + 0.01 && start < startSec + durationSec - 0.01);
  t.same(dance.filter(crossing), []);
  let atStarts = 0;
  for (const [index, { startSec }] of dance.entries()) {
    const { issues, moves } = revise({ action: 'remove', index });
    t.same(issues, []);
    t.same(moves.map(({ move }) => move).filter(crossing), [], `without the move at ${startSec}`);
    if (index > 0 && starts.some((start) => Math.abs(start - startSec) < 0.01)) atStarts += 1;
  }
  t.ok(atStarts > 5, `${atStarts} of them begin a phrase`);
});

t.test('a given move is placed where it fits, at its own tempo', async (t) => {
  const scene = await makeDance(3);
  const { dance, library, revise } = scene;
  const index = dance.findIndex(({ counts }, at) => at > 0 && counts === 8);
  const clip = library.moves.find(
    ({ moveId, tempoBpm }) => moveId !== dance[index]?.moveId && tempoBpm === 128,
  )!;
  const given = revise({ action: 'replace', index, moveId: clip.moveId });
  t.same(given.issues, []);
  t.same(faultsOf(given.moves, dance, scene), []);
  t.match(given.moves[index]?.move, { moveId: clip.moveId, videoPath: clip.videoPath, counts: 8 });
});

t.test('edits that cannot be made are all named, and no dance is made of them', async (t) => {
  const { dance, library, revise } = await makeDance(2, [
    ...makeMoves(2),
    makeMove({ moveId: 'tiny', counts: 4 }),
  ]);
  const last = dance.length - 1;
  const own = dance[3]!.moveId;
  const cases: [edits: (Edit | null)[], issues: object[]][] = [
    [
      [null, { action: 'another', index: last + 1 }],
      [{ edit: 1, field: 'index', text: `Ensure this value is less than or equal to ${last}.` }],
    ],
    [
      [
        { action: 'replace', index: 3, moveId: '__proto__' },
        { action: 'replace', index: 2, moveId: 'tiny' },
        { action: 'another', index: 2 },
        { action: 'transition', index: 0, transition: 'crossfade' },
        { action: 'transition', index: 1, transition: 'cut', durationSec: 1 },
      ],
      [
        { edit: 0, field: 'moveId', text: 'Move "__proto__" does not exist.' },
        {
          edit: 1,
          field: 'moveId',
          text: `This move is too short for the ${dance[2]!.counts} counts of its place.`,
        },
        { edit: 2, field: 'index', text: 'Another edit changes this move already.' },
        { edit: 3, field: 'transition', text: 'The first move is always entered by a cut.' },
        { edit: 4, field: 'durationSec', text: 'A cut has no duration.' },
      ],
    ],
    [
      [
        { action: 'remove', index: 0 },
        { action: 'transition', index: 1, transition: 'crossfade' },
      ],
      [{ edit: 1, field: 'transition', text: 'The first move is always entered by a cut.' }],
    ],
    [
      [{ action: 'replace', index: 3, moveId: own }],
      [{ edit: 0, field: 'moveId', text: 'This move stands here already.' }],
    ],
    [
      [
        { action: 'transition', index: 1, transition: 'fade_black', durationSec: 1 },
        { action: 'transition', index: 2, transition: 'fade_white', durationSec: 2 },
      ],
      [
        {
          edit: 1,
          field: 'durationSec',
          text: 'Another edit gives transitions of this kind another duration.',
        },
      ],
    ],
  ];
  for (const [edits, issues] of cases) t.same(revise(...edits).issues, issues);
  const all = dance.map((_, index) => ({ action: 'remove' as const, index }));
  t.has(
    revise(...all).issues.filter(({ edit }) => edit === last),
    [{ edit: last, field: 'index', text: 'At least one move must remain.' }],
  );
  t.ok(library.moves.length > 4);

  const only = await makeDance(1, [makeMove({ moveId: 'only', counts: 8 })]);
  t.match(only.revise({ action: 'another', index: 1 }).issues, [
    { edit: 0, field: 'index', text: 'No other move of the library fits here.' },
  ]);
});

t.test(
  'a move goes to another place, those between make room, and all of it stays on the beat',
  async (t) => {
    let moved = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const scene = await makeDance(seed);
      const { dance, revise, analysis } = scene;
      const random = makeRandom(seed);
      const middle = () => 1 + Math.floor(random() * (dance.length - 2));
      for (const [index, to] of Array.from({ length: 12 }, () => [middle(), middle()] as const)) {
        const { issues, moves } = revise({ action: 'move', index, to });
        if (issues.length > 0) {
          t.match(issues, [{ edit: 0, field: 'to' }]);
          const isOfPlace = /^(There ".+" (would|cannot)|This move stands here already)/.test(
            issues[0]!.text,
          );
          t.ok(isOfPlace, issues[0]!.text);
          continue;
        }
        moved += 1;
        const order = dance.map((_, origin) => origin);
        order.splice(to, 0, ...order.splice(index, 1));
        t.same(
          moves.map(({ origin }) => origin),
          order,
        );
        t.same(faultsOf(moves, dance, scene), []);
        const isTouched = (at: number) => at >= Math.min(index, to) && at <= Math.max(index, to);
        t.same(
          moves.filter((_, at) => !isTouched(at)).map(({ move }) => withoutJoin(move)),
          dance.filter((_, at) => !isTouched(at)).map(withoutJoin),
          'the rest is as it was',
        );
        for (const { move, isRelaid } of moves) {
          const isEight = analysis.eights.some((time) => Math.abs(time - move.startSec) < 1e-3);
          if (isRelaid && move.counts >= 8)
            t.ok(isEight, `seed ${seed}: ${move.startSec} is the "1" of eight`);
        }
      }
    }
    t.ok(moved > 10, `${moved} moves could be moved`);
  },
);

t.test(
  'moves that change places one after the other stand as if dragged so, and edits follow them',
  async (t) => {
    const eights = ['a', 'b', 'c', 'd', 'e', 'f'].map((moveId) => makeMove({ moveId, counts: 8 }));
    const scene = await makeDance(1, eights);
    const { dance, revise } = scene;
    const idsOf = (moves: readonly RevisedMove[]) => moves.map(({ move }) => move.moveId);
    const ids = dance.map(({ moveId }) => moveId);
    const there = revise({ action: 'move', index: 1, to: 3 });
    t.same(there.issues, []);
    t.same(idsOf(there.moves), [ids[0], ids[2], ids[3], ids[1], ...ids.slice(4)]);
    t.match(there.moves[3]!.move.reason, /moved here by hand$/);
    const back = revise({ action: 'move', index: 1, to: 3 }, { action: 'move', index: 1, to: 1 });
    t.same(
      back.moves.map(({ move }) => [move.moveId, move.startSec, move.durationSec, move.trimStartSec]),
      dance.map((move) => [move.moveId, move.startSec, move.durationSec, move.trimStartSec]),
    );
    const both = revise({ action: 'move', index: 1, to: 3 }, { action: 'remove', index: 1 });
    t.same(both.issues, []);
    t.same(faultsOf(both.moves, dance, scene), []);
    t.ok(both.moves.every(({ origin }) => origin !== 1));
    const other = revise({ action: 'move', index: 1, to: 3 }, { action: 'another', index: 1 });
    t.notOk(
      [ids[1], ids[3], ids[4]].includes(other.moves[3]!.move.moveId),
      'chosen beside its new neighbours',
    );
    t.match(revise({ action: 'move', index: 0, to: dance.length }).issues, [
      { field: 'to', text: `Ensure this value is less than or equal to ${dance.length - 1}.` },
    ]);
    t.match(revise({ action: 'move', index: 2, to: 2 }).issues, [{ text: 'This move stands here already.' }]);
  },
);

t.test('a move of eight counts is not begun on a 5', async (t) => {
  const eights = ['a', 'b', 'c', 'd', 'e', 'f'].map((moveId) => makeMove({ moveId, counts: 8 }));
  const { dance, analysis, library } = await makeDance(1, eights);
  // A bar, and one more, where an eight was.
  const [eight] = [dance[2]!];
  const halfSec = eight.durationSec / 2;
  const bar = { ...eight, counts: 4, durationSec: halfSec };
  const moves = [
    ...dance.slice(0, 2),
    bar,
    { ...bar, startSec: eight.startSec + halfSec },
    ...dance.slice(3),
  ];
  const move = (index: number, to: number) =>
    reviseMoves({ moves, edits: [{ action: 'move', index, to }], analysis, library, request: makeRequest() });
  t.match(move(4, 3).issues, [
    { field: 'to', text: /^There ".+" would not begin on the "1" of an eight\.$/ },
  ]);
  t.same(move(4, 2).issues, [], 'in front of both bars it is');
});

t.test(
  'alternatives are what "another" would choose, then what comes next; nothing refused, nothing too hard',
  async (t) => {
    for (let seed = 1; seed <= 4; seed++) {
      const { dance, revise, alternatives, library } = await makeDance(seed);
      for (const index of [0, 2, dance.length - 1]) {
        const found = alternatives(index);
        const chosen = revise({ action: 'another', index }).moves[index]!.move.moveId;
        t.equal(found[0]?.move.moveId, chosen, `seed ${seed}, ${index}`);
        t.equal(new Set(found.map(({ move }) => move.moveId)).size, found.length);
        for (const { why, join } of found) t.ok(why.length > 0 && join.length > 0);
        const [best] = found;
        const fewer = alternatives(index, { moves: { wanted: [], refused: [best!.move.label], only: [] } });
        t.notOk(fewer.some(({ move }) => move.label === best!.move.label));
        const easy = alternatives(index, { difficulty: 'beginner' });
        t.ok(easy.every(({ move }) => move.difficulty === 'beginner'));
      }
      t.ok(library.moves.length > 10);
    }
  },
);
