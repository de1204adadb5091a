import type { SongAnalysis } from '@bachata-buddy/music';
import { type CouplePose, DIFFICULTIES, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import t, { type Test } from 'tap';
import {
  buildMoveLibrary,
  type ChoreographyPlan,
  type ChoreographyRequest,
  type Extent,
  type Move,
  type PlannedMove,
  planChoreography,
} from '../src/index.ts';
import { coupleAt } from './support/couples.ts';
import {
  makeAnalysis,
  makeMove,
  makeMoves,
  makeRandom,
  makeRequest,
  pick,
  type SongOptions,
} from './support/synthetic.ts';

const EPSILON_SEC = 1e-6;

async function plan(
  analysis: SongAnalysis,
  moves: readonly Move[],
  request: Partial<ChoreographyRequest> = {},
) {
  return planChoreography({
    analysis,
    library: await buildMoveLibrary(moves),
    request: makeRequest(request),
  });
}

const endOf = (move: PlannedMove) => move.startSec + move.durationSec;
const ids = (made: ChoreographyPlan) => made.moves.map((move) => move.moveId);

/** What holds for every plan, told from the song and the library alone. Returns the broken rules. */
function brokenRules(made: ChoreographyPlan, analysis: SongAnalysis, library: readonly Move[]): string[] {
  const broken: string[] = [];
  const { beats, downbeats } = analysis;
  const first = beats[0]!;
  const usual = (beats.at(-1)! - first) / (beats.length - 1);
  const isOne = (time: number) =>
    downbeats.some((one) => Math.abs(one - time) < EPSILON_SEC) ||
    time < downbeats[0]! ||
    time > downbeats.at(-1)!;
  made.moves.forEach((move, index) => {
    const clip = library.find((one) => one.moveId === move.moveId);
    const next = made.moves[index + 1];
    const say = (text: string) => broken.push(`move ${index} (${move.moveId}): ${text}`);
    if (clip === undefined) {
      say('is not of the library');
      return;
    }
    if (!isOne(move.startSec)) say('does not start on a "1"');
    if (next !== undefined && Math.abs(endOf(move) - next.startSec) > EPSILON_SEC)
      say('does not touch the next');
    if (next !== undefined && ![4, 8, 16].includes(move.counts)) say(`lasts ${move.counts} counts`);
    if (next !== undefined && move.counts > clip.counts) say('needs more counts than the clip has');
    const inside = beats.filter(
      (beat) => beat > move.startSec - EPSILON_SEC && beat < endOf(move) - EPSILON_SEC,
    );
    const isInside = move.startSec >= first && endOf(move) <= beats.at(-1)! + 1.5 * usual;
    if (isInside && inside.length !== move.counts)
      say(`covers ${inside.length} beats as ${move.counts} counts`);
    if (move.playbackRate < 0.8 || move.playbackRate > 1.25) say(`plays at ${move.playbackRate}`);
    const clipSec = (move.counts * 60) / clip.tempoBpm;
    if (Math.abs(move.durationSec * move.playbackRate - clipSec) > 1e-4)
      say('does not meet the beats of the song');
    const offset = ((move.trimStartSec - clip.firstDownbeatSec) * clip.tempoBpm) / 60 / 8;
    if (Math.abs(offset - Math.round(offset)) > 1e-6) say('does not begin on a "1" of the clip');
    if (
      move.trimStartSec < 0 ||
      move.trimStartSec + move.durationSec * move.playbackRate > clip.durationSec + EPSILON_SEC
    )
      say('needs footage the file does not have');
    if (move.moveId === next?.moveId) say('comes twice running');
    const isEdge = index === 0 ? 'intro' : index === made.moves.length - 1 ? 'outro' : null;
    if (['intro', 'outro'].includes(clip.label) && clip.label !== isEdge)
      say(`is an ${clip.label} in the middle`);
    if (move.reason === '' || (index === 0 && move.transition !== 'cut')) say('has no reason or no cut');
  });
  const bar = 4 * usual;
  const start = made.moves[0]!.startSec;
  if (start > downbeats[0]! + EPSILON_SEC) broken.push('begins after the first downbeat');
  if (endOf(made.moves.at(-1)!) < beats.at(-1)! - bar) broken.push('leaves a bar of beats uncovered');
  if (endOf(made.moves.at(-1)!) > analysis.durationSec + 0.05) broken.push('ends after the song');
  return broken;
}

function randomSong(seed: number): SongOptions {
  const random = makeRandom(seed * 7919);
  return {
    seed,
    tempoBpm: 118 + 20 * random(),
    beats: 40 + Math.floor(260 * random()),
    firstBeatSec: random() < 0.3 ? 6 * random() : random(),
    pickup: Math.floor(4 * random()),
    tailSec: random() < 0.3 ? 8 * random() : random(),
    jitter: 0.02 * random(),
    drift: 0.04 * (random() - 0.5),
    sections:
      random() < 0.5
        ? Array.from({ length: 12 }, () => ({
            label: pick(random, ['intro', 'verse', 'chorus', 'mambo', 'break', 'outro'] as const),
            bars: 1 + Math.floor(16 * random()),
            energy: random(),
          }))
        : [],
  };
}

function randomRequest(seed: number): Partial<ChoreographyRequest> {
  const random = makeRandom(seed * 104_729);
  return {
    difficulty: pick(random, DIFFICULTIES),
    energyLevel: pick(random, ENERGY_LEVELS),
    style: pick(random, STYLES),
    specialRequirements: pick(random, [[], ['smooth transitions'], ['lots of turns'], ['no dips']]),
    seed,
  };
}

t.test('every rule holds for many songs, libraries and requests', async (t) => {
  for (let seed = 1; seed <= 50; seed++) {
    const analysis = makeAnalysis(randomSong(seed));
    const moves = makeMoves(seed, {
      count: 12 + (seed % 50),
      intros: 1 + (seed % 3),
      outros: 1 + (seed % 2),
    });
    const made = await plan(analysis, moves, randomRequest(seed));
    const request = makeRequest(randomRequest(seed));
    for (const [role, move] of [
      ['intro', made.moves[0]],
      ['outro', made.moves.at(-1)],
    ] as const) {
      const isOfLevel = (one: Move) =>
        one.label === role &&
        DIFFICULTIES.indexOf(one.difficulty) <= DIFFICULTIES.indexOf(request.difficulty);
      if (moves.some(isOfLevel)) t.equal(move?.label, role, `seed ${seed}: ${role}`);
    }
    t.same(brokenRules(made, analysis, moves), [], `seed ${seed}`);
  }
});

t.test('nothing changes between two runs, and the order of the library does not matter', async (t) => {
  for (let seed = 1; seed <= 10; seed++) {
    const analysis = makeAnalysis(randomSong(seed));
    const moves = makeMoves(seed);
    const first = await plan(analysis, moves, randomRequest(seed));
    t.same(
      await plan(structuredClone(analysis), moves.toReversed(), randomRequest(seed)),
      first,
      `seed ${seed}`,
    );
  }
});

t.test('another seed gives another plan that keeps every rule', async (t) => {
  const analysis = makeAnalysis();
  const moves = makeMoves(9);
  const seen = new Set<string>();
  for (let seed = 1; seed <= 10; seed++) {
    const made = await plan(analysis, moves, { seed });
    t.same(brokenRules(made, analysis, moves), []);
    seen.add(ids(made).join(' '));
  }
  t.ok(seen.size >= 8, `${seen.size} different plans of 10`);
});

t.test(
  'the dance is varied: no move more than about its share, the style kept where the library has it',
  async (t) => {
    const moves = makeMoves(4, { count: 100 });
    const analysis = makeAnalysis({ beats: 400 });
    const made = await plan(analysis, moves, { style: 'sensual' });
    // A part that comes again is danced again: that is no lack of variety.
    const again = analysis.sections.filter(
      ({ label, start }) => analysis.sections.find((one) => one.label === label)?.start !== start,
    );
    const isAgain = ({ startSec }: PlannedMove) =>
      again.some(({ start, end }) => startSec > start - EPSILON_SEC && startSec < end - EPSILON_SEC);
    const uses = new Map<string, number>();
    for (const move of made.moves) {
      if (!isAgain(move)) uses.set(move.moveId, (uses.get(move.moveId) ?? 0) + 1);
    }
    t.ok(Math.max(...uses.values()) <= 4, JSON.stringify([...uses]));
    t.ok(uses.size >= 12);
  },
);

t.test('calm sections get calmer moves than loud ones', async (t) => {
  const energy = { low: 0, medium: 1, high: 2 };
  let [calm, loud] = [0, 0];
  for (let seed = 1; seed <= 10; seed++) {
    const moves = makeMoves(seed, { count: 80 });
    const made = await plan(makeAnalysis({ beats: 300 }), moves, { seed });
    const mean = (labels: readonly string[]) => {
      const chosen = made.moves.filter((move) => labels.includes(move.sectionLabel));
      const levels = chosen.map(
        (move) => energy[moves.find((one) => one.moveId === move.moveId)!.energyLevel],
      );
      return levels.reduce((sum, level) => sum + level, 0) / levels.length;
    };
    calm += mean(['intro', 'break', 'outro']);
    loud += mean(['chorus', 'mambo']);
  }
  t.ok(loud > calm + 3, `loud ${loud}, calm ${calm}`);
});

t.test('what is asked for comes, as often as it is asked for, and nothing of it is left open', async (t) => {
  const moves = makeMoves(11, { count: 80 });
  const analysis = makeAnalysis();
  const turns = (made: ChoreographyPlan) =>
    made.moves.filter((move) => ['turn', 'spin'].includes(move.label)).length;
  const advanced = { difficulty: 'advanced' } as const;
  const some = await plan(analysis, moves, { ...advanced, requestedMoves: ['turn'] });
  const many = await plan(analysis, moves, { ...advanced, query: 'lots of turns' });
  const three = await plan(analysis, moves, { ...advanced, query: 'exactly 3 turns' });
  t.ok(turns(some) >= 1);
  t.ok(turns(many) >= many.moves.length / 4, `${turns(many)} turns of ${many.moves.length}`);
  t.equal(turns(three), 3);
  for (const { openWishes } of [some, many, three]) t.same(openWishes, []);
  const named = await plan(analysis, [...moves, makeMove({ moveId: 'x', name: 'Enchufla doble' })], {
    requestedMoves: ['enchufla'],
  });
  t.ok(ids(named).includes('x'));
});

/** So many clips of a kind, told apart by a number. */
const clips = (label: string, count: number, facts: Partial<Move> = {}): Move[] =>
  Array.from({ length: count }, (_, index) => makeMove({ moveId: `${label}-${index}`, label, ...facts }));

t.test('numbers of moves are kept, and where the library cannot, that is said', async (t) => {
  const mixed = [...clips('turn', 6), ...clips('spin', 6), ...clips('dip', 3), ...clips('basic', 6)];
  const made = async (query: string, moves: readonly Move[] = mixed) => {
    const dance = await plan(makeAnalysis(), moves, { query });
    const count = (...labels: string[]) => dance.moves.filter(({ label }) => labels.includes(label)).length;
    return { count, openWishes: dance.openWishes, size: dance.moves.length };
  };
  const two = await made('2 turns and 3 spins');
  t.same([two.count('turn'), two.count('spin'), two.openWishes], [2, 3, []]);
  const atMost = await made('at most 2 turns and 4 spins');
  t.ok(atMost.count('turn') <= 2);
  t.same([atMost.count('spin'), atMost.openWishes], [4, []]);
  for (const query of ['exactly one dip', 'solo una caída', 'one dip', 'a single dip']) {
    const one = await made(query);
    t.same([one.count('dip'), one.openWishes], [1, []], query);
  }
  for (const query of ['max 2 turns', 'como mucho dos vueltas', 'no more than two turns']) {
    const most = await made(query);
    t.ok(most.count('turn', 'spin') <= 2, query);
    t.same(most.openWishes, [], query);
  }
  const range = await made('two or three dips');
  t.ok(range.count('dip') >= 2 && range.count('dip') <= 3);
  const twenty = await made('20 turns');
  t.same([twenty.count('turn', 'spin'), twenty.openWishes], [20, []]);
  const order = await made('two turns, then a dip, then a turn');
  t.ok(order.count('turn', 'spin') >= 3);
  t.same(order.openWishes, []);

  const turns = clips('turn', 5);
  const [forced, bounded] = [await made('exactly 2 turns', turns), await made('max 2 turns', turns)];
  const reason = `it comes ${forced.size} times: nothing else can be danced`;
  t.same(forced.openWishes, [{ wish: 'exactly 2 x turn', reason }]);
  t.same(bounded.openWishes, [{ wish: 'at most 2 x turn', reason }]);
  const contrary = await made('exactly one dip, start with a dip and finish with a dip');
  t.match(contrary.openWishes, [{ wish: /dip/ }]);
  const none = await made('max 2 lifts');
  t.same(none.openWishes, [], 'what there is not comes at most twice');
});

t.test('however many turns a library has, no more come than may', async (t) => {
  const style = { style: 'romantic', energyLevel: 'medium' } as const;
  const turns = clips('turn', 80, style);
  const others = clips('basic', 5, { style: 'playful', energyLevel: 'high' });
  for (const query of ['exactly 2 turns', 'max 2 turns']) {
    const made = await plan(makeAnalysis(), [...turns, ...others], { query });
    t.ok(made.moves.filter(({ label }) => label === 'turn').length <= 2, query);
    t.same(made.openWishes, [], query);
  }
});

t.test(
  'a direction that the library has not is said, and what it calls so in Spanish is found',
  async (t) => {
    const named = (name: string, label = 'turn') =>
      makeMove({ moveId: name.replaceAll(' ', '_'), name, label });
    const basics = clips('basic', 6);
    const first = async (query: string, ...moves: Move[]) => {
      const made = await plan(makeAnalysis(), [...basics, ...moves], { query });
      return { name: made.moves[0]!.name, openWishes: made.openWishes };
    };
    const right = { wish: 'start with right turn', reason: 'the library has no such move' };
    const query = 'start with a right turn';
    t.same(await first(query, named('Left turn')), { name: 'Left turn', openWishes: [right] });
    t.same(await first(query, named('Left turn'), named('Turn')), { name: 'Turn', openWishes: [right] });
    for (const name of ['Vuelta derecha', 'Giro a la derecha', 'right_turn']) {
      t.same(await first(query, named('Left turn'), named(name)), { name, openWishes: [] });
    }
    const spanish = 'empieza con una vuelta a la izquierda';
    t.same(await first(spanish, named('Right turn'), named('Left turn')), {
      name: 'Left turn',
      openWishes: [],
    });
    t.same((await first(query)).openWishes, [right], 'said once where there is no turn at all');
    const hard = { ...named('Right turn'), difficulty: 'advanced' } as const;
    t.match((await first(query, named('Turn'), hard)).openWishes, [
      { wish: right.wish, reason: 'all such moves are harder than intermediate' },
    ]);
  },
);

t.test('inside and outside turns are no side steps', async (t) => {
  const inside = makeMove({ moveId: 'inside', name: 'Inside turn', label: 'inside_turn' });
  const side = makeMove({ moveId: 'side', name: 'Side step', label: 'side' });
  const moves = [...clips('basic', 4), inside, side, { ...side, moveId: 'glued', label: 'sidedip3' }];
  const made = await plan(makeAnalysis(), moves, { query: 'no side steps, with an inside turn' });
  t.ok(ids(made).includes('inside'));
  t.notOk(ids(made).includes('side') || ids(made).includes('glued'));
  t.same(made.openWishes, []);
});

t.test('what is asked for comes where and in the order it is asked for', async (t) => {
  const query = 'start with a basic, then a turn, then a hip roll, then body waves, finish with a dip';
  for (let seed = 1; seed <= 5; seed++) {
    const moves = makeMoves(seed, { count: 80 });
    const made = await plan(makeAnalysis({ seed }), moves, { difficulty: 'advanced', query, seed });
    const labels = made.moves.map(({ label }) => label);
    t.equal(labels[0], 'basic');
    t.equal(labels.at(-1), 'dip');
    const turn = labels.findIndex((label) => label === 'turn' || label === 'spin');
    const roll = labels.indexOf('hip_roll', turn);
    t.ok(turn > 0 && roll > turn && labels.indexOf('body_wave', roll) > roll, labels.join(' '));
    t.same(made.openWishes, []);
    t.same(brokenRules(made, makeAnalysis({ seed }), moves), []);
  }
});

t.test('only what only was asked for', async (t) => {
  const made = await plan(makeAnalysis(), makeMoves(3, { count: 80 }), {
    query: 'only basics and side steps',
  });
  t.same(new Set(made.moves.map(({ label }) => label)), new Set(['basic', 'side']));
});

t.test('what is refused never comes, whatever it is called and however little is left', async (t) => {
  const moves = makeMoves(11, { count: 80 });
  const refusals: Partial<ChoreographyRequest>[] = [
    { refusedMoves: ['dip'] },
    { specialRequirements: ['no dips'] },
    { refusedMoves: ['dip'], requestedMoves: ['dip'] },
    { query: 'romantic, avoid: lifts, dips' },
    { query: 'dips no, vueltas sí' },
  ];
  const hidden = [
    makeMove({ moveId: 'hidden', label: 'sidedip3', style: 'romantic' }),
    makeMove({ moveId: 'named', name: 'Slow dip', label: 'sensual' }),
  ];
  for (const request of refusals) {
    const made = await plan(makeAnalysis(), [...moves, ...hidden], request);
    t.notOk(
      made.moves.some(({ label, moveId }) => label === 'dip' || moveId === 'hidden' || moveId === 'named'),
    );
  }
  const two = await plan(makeAnalysis(), [makeMove({ moveId: 'a' }), ...hidden], { refusedMoves: ['dip'] });
  t.same(new Set(ids(two)), new Set(['a']), 'rather the same move again');
  await t.rejects(plan(makeAnalysis(), hidden, { refusedMoves: ['dip'] }), {
    code: 'CHOREOGRAPHY_ALL_REFUSED',
    message: /"no dip"/,
  });
  const tooSlow = makeMove({ moveId: 'slow', tempoBpm: 70 });
  await t.rejects(plan(makeAnalysis(), [...hidden, tooSlow], { refusedMoves: ['dip'] }), {
    code: 'CHOREOGRAPHY_ALL_REFUSED',
    message: /can be danced at this song's tempo is ruled out by "no dip"/,
  });
});

t.test('nobody is given a harder move than asked for while an easier one can come again', async (t) => {
  const easy = makeMove({ moveId: 'easy' });
  const hard = makeMoves(7, { count: 40 }).map((move) => ({ ...move, difficulty: 'advanced' as const }));
  const made = await plan(makeAnalysis(), [easy, { ...easy, moveId: 'other' }, ...hard], {
    difficulty: 'beginner',
  });
  t.same(new Set(ids(made)), new Set(['easy', 'other']));
  t.same(made.openWishes, []);
  const wished = await plan(makeAnalysis(), [easy, ...hard], { difficulty: 'beginner', query: 'with a dip' });
  t.match(wished.openWishes, [{ wish: 'dip', reason: /harder than beginner/ }]);
  const unknown = await plan(makeAnalysis(), [easy], { query: 'finish with a hammerlock' });
  t.match(unknown.openWishes, [{ wish: 'finish with hammerlock', reason: /no such move/ }]);
  const none = await plan(makeAnalysis(), hard, { difficulty: 'beginner' });
  t.match(none.openWishes, [{ wish: 'beginner level', reason: /nothing else/ }]);
});

t.test(
  'a second chorus is the first one again, with a variation; a new move begins every phrase',
  async (t) => {
    for (let seed = 1; seed <= 5; seed++) {
      const analysis = makeAnalysis({ beats: 400 });
      const made = await plan(analysis, makeMoves(seed, { count: 60 }), { difficulty: 'advanced', seed });
      const [first, second] = analysis.sections
        .filter(({ label }) => label === 'chorus')
        .map(({ start, end }) =>
          made.moves.filter(({ startSec }) => startSec > start - EPSILON_SEC && startSec < end - EPSILON_SEC),
        );
      const same = first!.filter(({ moveId }, index) => second![index]?.moveId === moveId).length;
      t.ok(same >= 0.6 * first!.length && same < first!.length, `${same} of ${first!.length}`);
      for (const { start, end } of analysis.sections) {
        const ones = analysis.downbeats.filter(
          (time) => time > start - EPSILON_SEC && time < end - EPSILON_SEC,
        );
        const phrases = ones.filter((_, bar) => bar % 8 === 0);
        const begun = phrases.filter((time) =>
          made.moves.some((move) => Math.abs(move.startSec - time) < EPSILON_SEC),
        );
        t.equal(begun.length, phrases.length);
      }
    }
  },
);

t.test('filters are given up only as far as chosen moves need, and the plan says which', async (t) => {
  const kinds = (
    energyLevel: Move['energyLevel'],
    style: Move['style'],
    difficulty: Move['difficulty'],
    count: number,
  ) =>
    Array.from({ length: count }, (_, index) =>
      makeMove({ moveId: `${energyLevel}-${style}-${difficulty}-${index}`, energyLevel, style, difficulty }),
    );
  const exact = kinds('medium', 'romantic', 'beginner', 12);
  const request = { difficulty: 'beginner', energyLevel: 'medium', style: 'romantic' } as const;
  const others = kinds('high', 'playful', 'advanced', 20);
  t.same((await plan(makeAnalysis(), [...exact, ...others], request)).relaxedFilters, []);
  const oneHit = await plan(
    makeAnalysis(),
    [exact[0]!, ...kinds('low', 'romantic', 'beginner', 10), ...others],
    request,
  );
  t.same(oneHit.relaxedFilters, ['energy_level'], 'a level with one hit is not looped');
  t.ok(new Set(ids(oneHit)).size >= 6);
  const none = await plan(makeAnalysis(), others, request);
  t.same(none.relaxedFilters, ['energy_level', 'style', 'difficulty']);
});

t.test(
  'a clip of sixteen counts may fill two eights, and shows its other half when it comes again for eight',
  async (t) => {
    const long = Array.from({ length: 6 }, (_, index) => makeMove({ moveId: `m${index}`, counts: 16 }));
    const made = await plan(makeAnalysis({ beats: 128 }), long);
    t.ok(made.moves.some((move) => move.counts === 16));
    const bars = [{ label: 'verse', bars: 2, energy: 0.5 }] as const;
    const eights = await plan(
      makeAnalysis({ beats: 256, sections: Array.from({ length: 32 }, () => bars[0]) }),
      long,
    );
    t.ok(eights.moves.every((move) => move.counts === 8));
    const starts = new Set(
      eights.moves.filter((move) => move.moveId === 'm0').map((move) => move.trimStartSec.toFixed(3)),
    );
    t.equal(starts.size, 2);
  },
);

t.test(
  'a clip is never danced off the beat: where none reaches the song’s tempo, that is said',
  async (t) => {
    const fitting = makeMoves(2, { count: 10, intros: 0, outros: 0 });
    const wrong = Array.from({ length: 10 }, (_, index) =>
      makeMove({ moveId: `slow${index}`, tempoBpm: 90, durationSec: 12 }),
    );
    const made = await plan(makeAnalysis(), [...fitting, ...wrong]);
    t.notOk(ids(made).some((id) => id.startsWith('slow')));
    for (const [song, clips] of [
      [makeAnalysis(), wrong],
      [makeAnalysis({ tempoBpm: 60 }), [makeMove({ moveId: 'a', tempoBpm: 200 })]],
    ] as const) {
      await t.rejects(plan(song, clips), { code: 'CHOREOGRAPHY_NO_PLAYABLE_MOVES', message: /tempo/ });
    }
  },
);

t.test('at the edge of the clips’ tempo a dance is as varied as in the middle', async (t) => {
  const moves = makeMoves(5, { count: 60, tempi: [128] });
  const distinct = async (tempoBpm: number) =>
    new Set(ids(await plan(makeAnalysis({ tempoBpm, beats: 300 }), moves))).size;
  const usual = await distinct(128);
  for (const tempoBpm of [106, 152]) {
    const size = await distinct(tempoBpm);
    t.ok(size >= 0.75 * usual, `${tempoBpm} BPM: ${size} different moves, ${usual} at 128`);
  }
});

t.test('a library of one move repeats it and says so; of two it alternates', async (t) => {
  const one = await plan(makeAnalysis({ beats: 64 }), [makeMove({ moveId: 'only' })]);
  t.equal(one.moves.length, 8);
  t.ok(one.moves.slice(1).every((move) => move.reason.includes('repeated because no other move fits')));
  const two = await plan(makeAnalysis({ beats: 64 }), [makeMove({ moveId: 'a' }), makeMove({ moveId: 'b' })]);
  t.ok(two.moves.every((move, index) => move.moveId !== two.moves[index + 1]?.moveId));
});

t.test('the last move goes on to the last beat where its clip has the footage', async (t) => {
  const analysis = makeAnalysis({ beats: 67 });
  const endSec = analysis.beats.at(-1)! + 60 / 128;
  const short = await plan(analysis, [makeMove({ moveId: 'a' }), makeMove({ moveId: 'b' })]);
  t.ok(Math.abs(endOf(short.moves.at(-1)!) - analysis.downbeats.at(-1)!) < EPSILON_SEC);
  const long = await plan(analysis, [
    makeMove({ moveId: 'a', durationSec: 9 }),
    makeMove({ moveId: 'b', durationSec: 9 }),
  ]);
  t.equal(long.moves.at(-1)!.counts, 11);
  t.ok(Math.abs(endOf(long.moves.at(-1)!) - endSec) < EPSILON_SEC);
});

t.test(
  'transitions: crossfades by wish and at sections of soft dances, a fade into the first break, else cuts',
  async (t) => {
    const moves = makeMoves(6).map((move) => ({ ...move, poses: null }));
    const of = async (request: Partial<ChoreographyRequest>) =>
      (await plan(makeAnalysis({ beats: 320 }), moves, request)).moves;
    const smooth = await of({ specialRequirements: ['smooth transitions'] });
    t.same([...new Set(smooth.slice(1).map((move) => move.transition))], ['crossfade']);
    const romantic = await of({ style: 'romantic' });
    t.ok(romantic.some((move) => move.transition === 'crossfade'));
    const playful = await of({ style: 'playful' });
    const fades = playful.filter((move) => move.transition !== 'cut');
    t.match(fades, [{ transition: 'fade_black', sectionLabel: 'break' }]);
    for (const made of [romantic, playful]) {
      t.ok(made.filter((move) => move.transition === 'cut').length > made.length / 2);
    }
  },
);

t.test(
  'poses that match are cut, poses that differ much crossfade, unless smooth is wished for',
  async (t) => {
    const analysis = makeAnalysis({ beats: 320 });
    const standing = (x: number) => [0, 4, 8, 12, 16].map((count) => coupleAt(count, [x, x + 0.4]));
    const all = (poses: readonly CouplePose[][]) =>
      makeMoves(6).map((move, index) => ({ ...move, poses: poses[index % poses.length]! }));
    const of = async (poses: readonly CouplePose[][], request: Partial<ChoreographyRequest> = {}) => {
      const { moves } = await plan(analysis, all(poses), { style: 'romantic', ...request });
      const transitions = moves.slice(1).map(({ transition }) => transition);
      return new Set(transitions.filter((transition) => transition !== 'fade_black'));
    };
    t.same([...(await of([standing(0.5)]))], ['cut']);
    t.same([...(await of([standing(0.5)], { specialRequirements: ['smooth transitions'] }))], ['crossfade']);
    // Each move ends where none begins.
    const leaving = [0, 4, 8, 12, 16].map((count) =>
      coupleAt(count, [count === 0 ? 0.3 : 1, count === 0 ? 0.7 : 1.4]),
    );
    const away = await of([leaving], { style: 'playful' });
    t.ok(away.has('crossfade'), [...away].join());
  },
);

t.test('reasons are sentences for people', async (t) => {
  const made = await plan(makeAnalysis(), makeMoves(8), { style: 'energetic' });
  for (const move of made.moves) {
    t.match(
      move.reason,
      /^(intro|verse|chorus|mambo|break|outro), (low|medium|high) energy: .+; similarity -?[01]\.\d\d$/,
    );
  }
  t.match(made.moves[0]!.reason, 'opens the dance');
  t.match(made.moves.at(-1)!.reason, 'closes the dance');
});

t.test('short songs: one bar gives one short move, less than a bar or silence is an error', async (t) => {
  const moves = makeMoves(3);
  const bar = await plan(makeAnalysis({ beats: 4 }), moves);
  t.match(bar.moves, [{ counts: 4, label: 'intro' }]);
  const noBeats = { code: 'CHOREOGRAPHY_NO_BEATS', message: 'No beats could be found in this song.' };
  await t.rejects(plan(makeAnalysis({ beats: 3 }), moves), noBeats);
  await t.rejects(
    plan({ ...makeAnalysis(), tempoBpm: 0, beats: [], downbeats: [], sections: [] }, moves),
    noBeats,
  );
});

t.test('an empty library is an error', async (t) => {
  await t.rejects(plan(makeAnalysis(), []), {
    code: 'CHOREOGRAPHY_NO_MOVES',
    message: 'No moves found in database. Please ensure move embeddings are generated.',
  });
});

t.test('a song of twenty minutes keeps every rule', async (t: Test) => {
  const analysis = makeAnalysis({ beats: 2_600, jitter: 0.02 });
  const moves = makeMoves(12, { count: 100 });
  t.same(brokenRules(await plan(analysis, moves), analysis, moves), []);
});

t.test("moves start where the song's eights begin, also where its first 1 is a dancer's 5", async (t) => {
  const moves = makeMoves(4);
  for (const firstEightBar of [0, 1]) {
    const sections = [{ label: 'verse', bars: 400, energy: 0.6 }] as const;
    const analysis = makeAnalysis({ sections, beats: 128 });
    const eights = analysis.downbeats.filter((_, bar) => bar % 2 === firstEightBar);
    const made = await plan({ ...analysis, eights }, moves);
    const whole = made.moves.filter(({ counts }) => counts >= 8);
    t.ok(whole.length >= 8);
    for (const { startSec } of whole) {
      t.ok(
        eights.some((eight) => Math.abs(eight - startSec) < EPSILON_SEC),
        `${startSec} begins an eight`,
      );
    }
  }
});

t.test('a part of a song, a length or a number of eights ends the dance on a phrase', async (t) => {
  const analysis = makeAnalysis({ tempoBpm: 120, firstBeatSec: 0.5, beats: 360 });
  const library = await buildMoveLibrary(makeMoves(3));
  const plan = async (extent: Extent) => {
    const { moves, excerpt, openWishes } = await planChoreography({
      analysis,
      library,
      request: makeRequest({ extent }),
    });
    const last = moves.at(-1)!;
    return {
      startSec: excerpt?.startSec,
      fadeSec: excerpt?.fadeOutSec,
      moves,
      openWishes,
      endSec: last.startSec + last.durationSec,
    };
  };
  // Eight bars of intro and sixteen of verse, two seconds each.
  const chorus = await plan({ part: { label: 'chorus', number: 1 } });
  t.match(chorus, { startSec: 48.5, endSec: 32, fadeSec: 3, openWishes: [] });
  t.equal(chorus.moves[0]?.startSec, 0);
  t.ok(chorus.moves.every(({ sectionLabel }) => sectionLabel === 'chorus'));
  const minute = await plan({ lengthSec: 60 });
  t.match(minute, { startSec: 0, fadeSec: 3, openWishes: [] });
  t.equal(minute.endSec, 0.5 + 64, 'two phrases of intro and verse, and one behind');
  t.equal((await plan({ eights: 3 })).endSec, 0.5 + 12);
  t.equal((await plan({ part: { label: 'chorus', number: 2 }, eights: 2 })).endSec, 8);
  const all = await plan({ lengthSec: 900, part: { label: 'chorus', number: 7 } });
  t.match(all, { startSec: 0, fadeSec: 0 });
  t.same(all.openWishes, [
    { wish: 'chorus number 7', reason: '2 are heard in this song' },
    { wish: '900 seconds', reason: 'the song is shorter' },
  ]);
  const { moves } = await planChoreography({ analysis, library, request: makeRequest() });
  t.same(all.moves, moves);
});

t.test('a piece of a song with a long beginning or end is as long as asked for', async (t) => {
  // Four seconds an eight, sixteen a phrase.
  const sections = [{ label: 'verse', bars: 400, energy: 0.6 }] as const;
  const lengthOf = async (song: SongOptions, extent: Extent) => {
    const analysis = makeAnalysis({ tempoBpm: 120, sections, ...song });
    const { moves, excerpt, openWishes } = await plan(analysis, makeMoves(3), { extent });
    const last = moves.at(-1)!;
    return {
      startSec: excerpt?.startSec,
      dancedSec: last.startSec + last.durationSec - moves[0]!.startSec,
      filmSec: excerpt!.endSec - excerpt!.startSec,
      openWishes,
    };
  };
  const lateOne = { firstBeatSec: 12, beats: 240 };
  const fourEights = { startSec: 12, dancedSec: 16, filmSec: 17, openWishes: [] };
  t.match(await lengthOf(lateOne, { eights: 4 }), fourEights);
  t.match(await lengthOf(lateOne, { lengthSec: 5 }), { startSec: 12, dancedSec: 4, openWishes: [] });
  t.match(await lengthOf({ firstBeatSec: 0, pickup: 10, beats: 240 }, { eights: 4 }), {
    ...fourEights,
    startSec: 5,
  });
  t.match(await lengthOf(lateOne, { lengthSec: 130 }), { startSec: 0, filmSec: 132, openWishes: [] });

  const longEnd = { firstBeatSec: 0, beats: 240, tailSec: 25 };
  t.match(await lengthOf(longEnd, { lengthSec: 110 }), { dancedSec: 112, filmSec: 113, openWishes: [] });
  // What is behind the last beat that is heard is phrased anew.
  t.match(await lengthOf(longEnd, { lengthSec: 134 }), { dancedSec: 136, filmSec: 137, openWishes: [] });
  t.match(await lengthOf(longEnd, { lengthSec: 200 }), {
    filmSec: 145,
    openWishes: [{ wish: '200 seconds' }],
  });
  t.match(await lengthOf(longEnd, { eights: 33 }), { dancedSec: 132, openWishes: [] });
});

t.test('a tempo that the song has not is told', async (t) => {
  const analysis = makeAnalysis({ tempoBpm: 128 });
  const library = await buildMoveLibrary(makeMoves(3));
  const open = async (wish: object) =>
    (await planChoreography({ analysis, library, request: makeRequest(wish) })).openWishes;
  t.same(await open({ tempoBpm: 110 }), [
    { wish: '110 beats a minute', reason: 'the song has 128 beats a minute' },
  ]);
  t.same(await open({ tempoBpm: 130 }), []);
  t.same(await open({ tempo: 'slow' }), []);
});

t.test('each move says where it stands and why, how it joins and what was given up', async (t) => {
  const analysis = makeAnalysis({ beats: 360 });
  const moves = makeMoves(5);
  const library = await buildMoveLibrary(moves);
  const request = makeRequest({ requestedMoves: ['dip'] });
  const { moves: dance } = await planChoreography({ analysis, library, request });
  const told = dance.map((move) => ({ ...move, ...move.explanation! }));
  const clips = new Map(moves.map((move) => [move.moveId, move]));
  t.equal(told[0]?.join, 'begins on the "1"');
  t.same(
    [...new Set(told.map(({ section }) => section))],
    [...['intro', 'verse 1', 'chorus 1', 'mambo', 'break', 'verse 2', 'chorus 2', 'outro']],
  );
  for (const [
    index,
    { section, phrase, eight, label, why, join, compromise = '', ...move },
  ] of told.entries()) {
    const before = told[index - 1];
    const isNext = before?.section === section;
    const atCount = isNext ? (before.phrase - 1) * 32 + (before.eight - 1) * 8 + before.counts : 0;
    if (atCount % 8 === 0) t.equal((phrase - 1) * 32 + (eight - 1) * 8, atCount, `${index}: ${section}`);
    t.equal(why.includes('you asked for it'), label === 'dip', `${index}: ${why}`);
    if (before !== undefined) t.ok(join.endsWith(before.name), join);
    const clip = clips.get(move.moveId)!;
    t.equal(/faster|slower/.test(compromise), Math.abs(move.playbackRate - 1) > 0.05, compromise);
    t.equal(/repeated/.test(compromise), before?.moveId === move.moveId);
    t.equal(compromise.includes(`it is ${clip.style}, not romantic`), clip.style !== 'romantic');
  }
});

t.test('a plan that pauses for others is the same plan', async (t) => {
  const library = await buildMoveLibrary(makeMoves(7, { count: 80 }));
  const question = {
    analysis: makeAnalysis(),
    library,
    request: makeRequest({ query: 'start with a basic, lots of turns, no dips' }),
  };
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
    await new Promise(setImmediate);
  };
  t.same(await planChoreography({ ...question, pause }), await planChoreography(question));
  t.ok(pauses > 50, `${pauses} pauses`);

  const giving = new AbortController();
  pauses = 0;
  const givingUp = async () => {
    await pause();
    if (pauses === 3) giving.abort();
  };
  await t.rejects(planChoreography({ ...question, pause: givingUp, signal: giving.signal }), {
    code: 'CANCELLED',
  });
  t.equal(pauses, 3, 'a plan that is given up ends at its next pause');
});
