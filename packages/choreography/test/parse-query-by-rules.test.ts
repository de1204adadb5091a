import t from 'tap';
import { parseQueryByRules } from '../src/index.ts';
import { readMoveWishes } from '../src/query/move-wishes.ts';

interface Expected {
  readonly [field: string]: unknown;
}

// The sentences of the API document with the answers it prints, and those it implies.
const SAMPLES: readonly (readonly [query: string, expected: Expected])[] = [
  [
    'Create a romantic bachata for beginners with smooth transitions',
    {
      difficulty: 'beginner',
      energyLevel: 'low',
      style: 'romantic',
      tempo: 'medium',
      specialRequirements: ['smooth transitions'],
      specificMoves: null,
    },
  ],
  [
    'I want an energetic intermediate choreography with lots of turns',
    {
      difficulty: 'intermediate',
      energyLevel: 'high',
      style: 'energetic',
      specialRequirements: ['lots of turns'],
      specificMoves: ['turn'],
    },
  ],
  [
    'Make me an advanced sensual routine to a slow song',
    { difficulty: 'advanced', energyLevel: 'low', style: 'sensual', tempo: 'slow', specialRequirements: [] },
  ],
  [
    'Beginner-friendly playful dance with simple steps',
    {
      difficulty: 'beginner',
      energyLevel: 'medium',
      style: 'playful',
      specialRequirements: ['simple steps'],
    },
  ],
];

const WORDS: typeof SAMPLES = [
  ['a modern bachata', { style: 'modern' }],
  ['slow, energetic', { energyLevel: 'high', tempo: 'slow' }],
  ['a flowing dance that follows the music', { energyLevel: 'medium', tempo: 'medium', stated: [] }],
  ['medium energy bachata', { difficulty: 'beginner', energyLevel: 'medium', stated: ['energyLevel'] }],
  ['a dance of medium tempo', { difficulty: 'beginner', tempo: 'medium', stated: ['tempo'] }],
  ['medium difficulty please', { difficulty: 'intermediate' }],
  ['I love bachata', { style: 'romantic', stated: [] }],
  ['for advanced dancers, but with simple steps', { difficulty: 'advanced' }],
  ['an energetic but sensual dance', { style: 'sensual', energyLevel: 'high' }],
  ['I have never danced before', { difficulty: 'beginner', stated: ['difficulty'] }],
  ['body rolls and hip rolls', { style: 'sensual', specificMoves: ['body_wave', 'hip_roll'] }],
  ['a dance of 2 minutes', { specialRequirements: ['2 minutes'] }],
  ['a dance of 1.5 minutes', { specialRequirements: ['1.5 minutes'] }],
  ['un baile de 2,5 minutos', { specialRequirements: ['2,5 minutos'] }],
  ['a dance of 1:30 min', { specialRequirements: ['1:30 min'] }],
  ['a dance of 2 min 30', { specialRequirements: ['2 min 30'] }],
  ['dance the last 30 seconds', { specialRequirements: ['last 30 seconds'] }],
];

const SPANISH: typeof SAMPLES = [
  [
    'Una bachata lenta y romántica para principiantes, sin vueltas',
    { difficulty: 'beginner', style: 'romantic', tempo: 'slow', energyLevel: 'low', refusedMoves: ['turn'] },
  ],
  [
    'coreografía avanzada, sensual, con transiciones suaves',
    { difficulty: 'advanced', style: 'sensual', specialRequirements: ['transiciones suaves'] },
  ],
  ['nivel intermedio, rápida y divertida', { difficulty: 'intermediate', tempo: 'fast', style: 'playful' }],
  ['no muy rápido, con muchas vueltas', { tempo: 'medium', specificMoves: ['turn'], refusedMoves: null }],
];

const NEGATIONS: typeof SAMPLES = [
  ['a bachata not too fast', { tempo: 'medium', stated: ['tempo'] }],
  ['not a fast song', { tempo: 'slow' }],
  ["I don't want anything too energetic", { energyLevel: 'medium', style: 'romantic' }],
  ['not romantic, please', { style: 'playful', stated: [] }],
  ['not for beginners', { difficulty: 'intermediate' }],
  ['not only slow songs', { tempo: 'slow' }],
  ['no dips', { refusedMoves: ['dip'], specificMoves: null, specialRequirements: ['no dips'] }],
  ['without turns or spins', { refusedMoves: ['turn', 'spin'], specificMoves: null }],
  ['no fast turns', { refusedMoves: ['turn'], tempo: 'medium', stated: [] }],
  ['sin vueltas rápidas', { refusedMoves: ['turn'], stated: [] }],
  ['avoid complicated double turns, bachata', { refusedMoves: ['turn'], stated: [] }],
  [
    "I don't want any fast spins",
    {
      refusedMoves: ['spin'],
      moves: { wanted: [], refused: ['spin'] },
      specialRequirements: ['no fast spins'],
    },
  ],
  [
    'no lifts and start with basic steps',
    { refusedMoves: ['lift'], moves: { wanted: [{ name: 'basic', place: 'opening' }], refused: ['lift'] } },
  ],
  ['not too many turns', { specificMoves: null, refusedMoves: null, specialRequirements: [] }],
  ['no dips but lots of turns', { refusedMoves: ['dip'], specificMoves: ['turn'] }],
  ['no dips, and it may be energetic', { refusedMoves: ['dip'], energyLevel: 'high' }],
  ['without turns and with body waves', { refusedMoves: ['turn'], specificMoves: ['body_wave'] }],
];

for (const [group, samples] of Object.entries({ SAMPLES, WORDS, SPANISH, NEGATIONS })) {
  t.test(`sentences are understood: ${group.toLowerCase()}`, async (t) => {
    for (const [query, expected] of samples) t.match(parseQueryByRules(query), expected, query);
  });
}

t.test('an artist or a title is found by "by" and by quotation marks, a level is not', async (t) => {
  t.equal(parseQueryByRules('a slow bachata by Romeo Santos').songPreference, 'Romeo Santos');
  t.equal(parseQueryByRules('dance to "Propuesta Indecente"').songPreference, 'Propuesta Indecente');
  t.equal(parseQueryByRules('a dance from Beginner to Advanced').songPreference, null);
  const names: readonly (readonly [string, string | null])[] = [
    ['una bachata lenta y romántica de Romeo Santos para la boda de María', 'Romeo Santos'],
    ['a song called Obsesión, bachata', 'Obsesión'],
    ['a routine by Friday to a song by Aventura', 'Aventura'],
    ['a dance for students from Boston', null],
    ['a bachata by Friday', null],
    ['a song by friday', null],
    ['una bachata para la boda de María', null],
    ['a bachata choreographed by Ana', null],
    ['my partner is called Ana, bachata', null],
    ['una canción de 2 minutos, bachata', null],
  ];
  for (const [query, song] of names) t.equal(parseQueryByRules(query).songPreference, song, query);
  const long = 'a'.repeat(99);
  t.equal(parseQueryByRules(`dance to "${long}💃"`).songPreference, long, 'cut between characters');
});

t.test('what the rules understood says so', async (t) => {
  t.match(parseQueryByRules('a bachata'), {
    difficulty: 'beginner',
    energyLevel: 'medium',
    style: 'romantic',
    tempo: 'medium',
    confidence: 0.6,
    understoodBy: 'rules',
    stated: [],
  });
});

t.test('a sentence without any word of dance or music is refused', async (t) => {
  const refusal = {
    code: 'CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD',
    message: 'Could not parse query. Please be more specific.',
  };
  for (const query of [
    'asdf qwer zxcv uiop',
    '12345678901234',
    '',
    '   ',
    '🙂🙂🙂',
    'I love pizza very much',
  ]) {
    t.throws(() => parseQueryByRules(query), refusal, JSON.stringify(query));
  }
});

t.test('very long and hostile sentences give short plain wishes', async (t) => {
  const parsed = parseQueryByRules(`${'lots of smooth turns, '.repeat(5_000)} \u0000<script>dance</script>`);
  t.ok(parsed.specialRequirements.length <= 8);
  t.ok(parsed.specialRequirements.every((text) => text.length <= 80 && /^[a-z0-9 ]+$/.test(text)));
});

t.test('words that are nearly those of the lexicon count, names and other words do not', async (t) => {
  const cases: readonly (readonly [string, Expected])[] = [
    ['a dance for begginers', { difficulty: 'beginner', stated: ['difficulty'] }],
    ['a romatic and sensaul bachta', { style: 'romantic' }],
    [
      'intermidiate bachata, enegetic, truns',
      { difficulty: 'intermediate', energyLevel: 'high', specificMoves: ['turn'] },
    ],
    ['bachata para principantes, sin vueltsa', { difficulty: 'beginner', refusedMoves: ['turn'] }],
    ['a bachata by Avanzado Santos', { stated: [], songPreference: 'Avanzado Santos' }],
    ['dance to "Romatic Sensaul"', { stated: [], songPreference: 'Romatic Sensaul' }],
    ['a lovely dance with my girls, in parts simply smart', { stated: [], specificMoves: null }],
  ];
  for (const [query, expected] of cases) t.match(parseQueryByRules(query), expected, query);
});

t.test('levels have numbers and ranges', async (t) => {
  const cases = [
    ['bachata nivel 1', 'beginner'],
    ['nivel: 2, bachata con vueltas', 'intermediate'],
    ['level 3 dance', 'advanced'],
    ['a dance of level: 2', 'intermediate'],
    ['bachata nivel tres', 'advanced'],
    ['a dance for beginner to intermediate', 'intermediate'],
    ['bachata de principiante a avanzado', 'advanced'],
    ['a dance for beginners, easy to follow', 'beginner'],
  ] as const;
  for (const [query, difficulty] of cases) t.equal(parseQueryByRules(query).difficulty, difficulty, query);
});

t.test('how hard a move or a join is says nothing of how hard the dance is', async (t) => {
  const unstated: readonly (readonly [string, string[] | null])[] = [
    ['start with a basic step', ['basic']],
    ['start with a basic, then turns', ['basic', 'turn']],
    ['empieza con un básico', ['basic']],
    ['empezando por unos básicos', ['basic']],
    ['bachata with easy transitions', null],
    ['bachata con transiciones fáciles', null],
    ['a simple turn', ['turn']],
    ['bachata con vueltas complicadas', ['turn']],
  ];
  for (const [query, specificMoves] of unstated)
    t.match(parseQueryByRules(query), { specificMoves, stated: [] }, query);
  const stated: readonly (readonly [string, string])[] = [
    ['a basic bachata', 'beginner'],
    ['a basic, slow dance', 'beginner'],
    ['an easy bachata with turns', 'beginner'],
    ['bachata with simple steps', 'beginner'],
    ['estamos empezando, bachata', 'beginner'],
    ['easy transitions in a challenging dance', 'advanced'],
  ];
  for (const [query, difficulty] of stated) {
    const parsed = parseQueryByRules(query);
    t.equal(parsed.difficulty, difficulty, query);
    t.ok(parsed.stated.includes('difficulty'), query);
    t.equal(parsed.specificMoves?.includes('basic') ?? false, false, query);
  }
});

t.test('a sentence about something else is refused though it has a word of dance', async (t) => {
  for (const query of [
    'I need a romantic hotel in Paris',
    'a fast pizza delivery for tonight',
    'easy lasagne recipe for beginners',
    'turn off the lights in the kitchen',
    'I need a lift to the airport',
    'busco un hotel romántico en Madrid',
  ]) {
    t.throws(() => parseQueryByRules(query), { code: 'CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD' }, query);
  }
  for (const query of [
    'something romantic for two',
    'romantic and slow, for beginners',
    'lots of turns and dips with my partner please',
    'sensual, with body waves, for my grandmother',
    'algo romántico y lento',
  ]) {
    t.doesNotThrow(() => parseQueryByRules(query), query);
  }
});

t.test('it is told which words were understood', async (t) => {
  t.same(parseQueryByRules('Create a romantic bachata for beginners with smooth transitions').understood, {
    share: 1,
    words: ['romantic', 'bachata', 'beginners', 'smooth', 'transitions'],
  });
  const { share, words } = parseQueryByRules('a sensual dance with unicorns, no dips').understood;
  t.same(words, ['sensual', 'dance', 'no', 'dips']);
  t.equal(share, 4 / 5);
  const cases: readonly (readonly [string, string[]])[] = [
    ['not too many turns, no dips', ['no', 'dips']],
    ['start slow, with turns', ['slow', 'turns']],
    ['start with turns', ['start', 'turns']],
    ['a bachata, a new move every 8 counts', ['bachata', 'move']],
    ['a bachata of 32 counts', ['bachata', '32', 'counts']],
    ['dance the last 30 seconds', ['dance']],
    ['dance from 1:00 to 2:00', ['dance']],
    ['una bachata que termine con una caída', ['bachata', 'termine', 'caída']],
  ];
  for (const [query, understood] of cases)
    t.same(parseQueryByRules(query).understood.words, understood, query);
});

t.test('moves are known by what dancers call them, and embraces and positions are wishes', async (t) => {
  const cases: readonly (readonly [string, Expected])[] = [
    ['bachata with a sombrero and an enchufla', { specificMoves: ['sombrero', 'enchufla'] }],
    ['an inside turn, then an outside turn', { specificMoves: ['turn'] }],
    ['bachata con caída y salto', { specificMoves: ['dip', 'jump'] }],
    ['pasos de dominicana', { specificMoves: ['footwork'] }],
    ['dile que no y bachata', { specificMoves: ['cross_body_lead'], refusedMoves: null }],
    ['a dance in close embrace', { specialRequirements: ['close embrace'], specificMoves: null }],
    ['bachata en posición abierta', { specialRequirements: ['posición abierta'] }],
    ['leave out the dips, bachata', { refusedMoves: ['dip'] }],
    ['a dip-free bachata', { refusedMoves: ['dip'], specificMoves: null }],
    ['bachata; turns and dips: no', { refusedMoves: ['turn', 'dip'], specificMoves: null }],
    ['bachata, dips? no thanks', { refusedMoves: ['dip'] }],
    ['a song by prince royce', { songPreference: 'prince royce' }],
    ['una canción de romeo santos para bailar', { songPreference: 'romeo santos' }],
  ];
  for (const [query, expected] of cases) t.match(parseQueryByRules(query), expected, query);
  t.match(readMoveWishes('I only want turns').only, ['turn']);
  t.match(readMoveWishes('nada más que vueltas').only, ['turn']);
  t.match(readMoveWishes('just turns').only, ['turn']);
  t.same(readMoveWishes('just a turn').only, []);
});
