import { hashBlueprint } from '@bachata-buddy/blueprint';
import { findTask, listTasks, takeLaunchOrders, updateUser } from '@bachata-buddy/database';
import t from 'tap';
import { addSong } from '../catalogue.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

import { FROM_SONG, makeScene, SENTENCE, theBlueprint, UUID, WISH, WITH_AI } from './generation-scene.ts';

t.test('a song becomes a task, a blueprint that fits it and a launch order', async (t) => {
  const { database, maria, asMaria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  for (const url of [FROM_SONG, `${FROM_SONG}/`]) {
    const { status, body } = await post(url, WISH);
    t.equal(status, 202);
    t.match(body.task_id, UUID);
    t.strictSame(body, {
      task_id: body.task_id,
      song: { id: 1, title: 'Cancion 1', artist: 'Los Probadores' },
      status: 'started',
      message: 'Choreography generation started',
      poll_url: `/api/choreography/tasks/${body.task_id}`,
    });
    const polled = (await asMaria({ url: body.poll_url })).json();
    t.match(polled, {
      status: 'started',
      progress: 0,
      stage: 'video_assembly',
      difficulty: 'intermediate',
      style: 'modern',
      song: { title: 'Cancion 1' },
    });

    const { blueprint, sha256 } = await theBlueprint(database, body.task_id);
    t.equal(sha256, hashBlueprint(blueprint));
    t.match(blueprint, {
      task_id: body.task_id,
      audio_path: 'data/songs/Cancion_1.mp3',
      audio_tempo: 120,
      total_duration: 66,
      difficulty_level: 'intermediate',
      generation_parameters: { energy_level: 'high', style: 'modern', user_id: maria.id },
      output_config: { output_path: `data/output/choreography_${body.task_id}.mp4` },
    });
    t.equal(blueprint.generation_parameters?.ai_mode, undefined);
    t.equal(blueprint.moves[0]?.start_time, 1, 'dancing begins on the first "1"');
    t.ok(blueprint.moves.length > 5);
  }
  t.equal((await takeLaunchOrders(database, { limit: 9, owner: 'test' })).length, 2);
});

t.test('a sentence is understood, finds its song and leaves its words in the blueprint', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const { status, body } = await post(`${WITH_AI}/`, { query: `  ${SENTENCE}  ` });
  t.equal(status, 202);
  t.strictSame(Object.keys(body).sort(), [
    'message',
    'parsed_parameters',
    'poll_url',
    'song',
    'status',
    'task_id',
  ]);
  t.strictSame(body.parsed_parameters, {
    difficulty: 'beginner',
    energy_level: 'low',
    style: 'romantic',
    special_requirements: ['smooth transitions'],
  });
  t.strictSame(body.song, { id: 1, title: 'Cancion 1', artist: 'Los Probadores' }, 'the slower of the two');
  const { blueprint } = await theBlueprint(database, body.task_id);
  t.match(blueprint.generation_parameters, { ai_mode: true, original_query: SENTENCE });
  t.match(await findTask(database, body.task_id), {
    requestKind: 'ai',
    query: SENTENCE,
    difficulty: 'beginner',
  });
  const named = await post(WITH_AI, { query: 'an energetic dance to Cancion 2 please' });
  t.equal(named.body.song.id, 2, 'a song named in the sentence wins');
});

t.test('what of a sentence cannot be danced is told, in the answer and in the blueprint', async (t) => {
  const { database, asMaria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const asked = await post(WITH_AI, { query: 'a romantic dance for beginners, finish with a hammerlock' });
  const open = [{ wish: 'finish with hammerlock', reason: 'the library has no such move' }];
  t.equal(asked.status, 202);
  t.strictSame(asked.body.open_wishes, open);
  t.strictSame((await theBlueprint(database, asked.body.task_id)).blueprint.open_wishes, open);

  const query = 'a bachata dance without basic steps, side steps, turns, body waves, dips or shadows';
  const none = await post(WITH_AI, { query });
  t.equal(none.status, 400);
  t.match(none.body.error, /^Every move of the library is ruled out by "no /);
  const [task] = (await asMaria({ url: '/api/choreography/tasks?status=failed' })).json().results;
  t.equal((await findTask(database, task.task_id))?.error, none.body.error);
});

t.test('who asks again gets the next dance, and who names its seed the same one', async (t) => {
  const { database, post } = await makeScene(t, { config: { GENERATE_RATE_LIMIT_PER_HOUR: 100 } });
  await addPlanningCatalogue(database);
  const movesOf = async (url: string, payload: object) => {
    const { body } = await post(url, payload);
    const { blueprint } = await theBlueprint(database, body.task_id);
    return { moves: blueprint.moves.map((move) => move.move_id).join(), seed: blueprint.seed };
  };
  for (const [url, payload] of [
    [FROM_SONG, WISH],
    [WITH_AI, { query: SENTENCE }],
  ] as const) {
    const first = await movesOf(url, payload);
    const second = await movesOf(url, payload);
    t.equal(second.seed, Number(first.seed) + 1);
    t.strictSame(await movesOf(url, { ...payload, seed: first.seed }), first);
    t.equal((await movesOf(url, payload)).seed, Number(second.seed) + 1);
    await database.pool.query("update choreography_tasks set status = 'failed', error = 'x'");
    t.strictSame(await movesOf(url, payload), first, 'nobody has seen what failed');
  }
  t.equal((await movesOf(FROM_SONG, { ...WISH, seed: 5 })).seed, 5);
  const variants = new Set<string>();
  for (const seed of [1, 2, 3, 4, 5]) variants.add((await movesOf(FROM_SONG, { ...WISH, seed })).moves);
  t.ok(variants.size > 1, 'not all seeds give one dance');
});

t.test('a request that cannot be is refused with everything that is wrong', async (t) => {
  const { database, maria, post } = await makeScene(t);
  await addSong(database, 'One');
  const required = ['This field is required.'];
  const invalid = ['Invalid difficulty. Must be one of: beginner, intermediate, advanced'];
  const short = ['Query must be at least 10 characters.'];
  const cases: [url: string, payload: object, body: object][] = [
    [FROM_SONG, {}, { song_id: required, difficulty: required }],
    [FROM_SONG, { ...WISH, song_id: 999 }, { song_id: ['Song with id 999 does not exist.'] }],
    [FROM_SONG, { ...WISH, song_id: -1 }, { song_id: ['Song with id -1 does not exist.'] }],
    [FROM_SONG, { ...WISH, song_id: '4294967296' }, { song_id: ['Song with id 4294967296 does not exist.'] }],
    [FROM_SONG, { ...WISH, song_id: 'one' }, { song_id: ['A valid integer is required.'] }],
    [FROM_SONG, { ...WISH, song_id: null }, { song_id: ['This field may not be null.'] }],
    [FROM_SONG, { ...WISH, difficulty: 'expert' }, { difficulty: invalid }],
    [FROM_SONG, { ...WISH, difficulty: '' }, { difficulty: invalid }],
    [
      FROM_SONG,
      { song_id: 999, difficulty: 'expert', energy_level: 'extreme', style: 'salsa' },
      {
        song_id: ['Song with id 999 does not exist.'],
        difficulty: invalid,
        energy_level: ['"extreme" is not a valid choice.'],
        style: ['"salsa" is not a valid choice.'],
      },
    ],
    [WITH_AI, {}, { query: required }],
    [WITH_AI, { query: null }, { query: ['This field may not be null.'] }],
    [WITH_AI, { query: '   ' }, { query: ['This field may not be blank.'] }],
    [WITH_AI, { query: 'bachata!!' }, { query: short }],
    [WITH_AI, { query: ` ${'x'.repeat(9)}       ` }, { query: short }],
    [WITH_AI, { query: ['bachata'] }, { query: ['Not a valid string.'] }],
    [
      WITH_AI,
      { query: 'romantic '.repeat(120) },
      { query: ['Ensure this field has no more than 1000 characters.'] },
    ],
    [WITH_AI, { query: 'romantic\0bachata' }, { query: ['Null characters are not allowed.'] }],
    [
      WITH_AI,
      { query: 'qwrtz plmkn bvcxy hgfds' },
      { error: 'Could not parse query. Please be more specific.' },
    ],
  ];
  for (const [url, payload, body] of cases) {
    t.strictSame(await post(url, payload), { status: 400, body }, JSON.stringify(payload).slice(0, 90));
  }
  t.equal((await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count, 0, 'no task is left');
});

t.test('what need not be said has its default', async (t) => {
  const { database, maria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const { body } = await post(FROM_SONG, { song_id: '1', difficulty: ' beginner ' });
  t.match(await findTask(database, body.task_id), {
    difficulty: 'beginner',
    energyLevel: 'medium',
    style: 'modern',
  });

  await updateUser(database, maria.id, { preferences: { default_difficulty: 'advanced' } });
  const silent = await post(WITH_AI, { query: 'something romantic to a slow song' });
  t.equal(silent.body.parsed_parameters.difficulty, 'advanced', "the user's own default");
  const spoken = await post(WITH_AI, { query: SENTENCE });
  t.equal(spoken.body.parsed_parameters.difficulty, 'beginner', 'what was said comes first');
});

t.test('a sentence can be tried out', async (t) => {
  const { post } = await makeScene(t);
  const url = '/api/choreography/parse-query/';
  const { status, body } = await post(url, { query: ` ${SENTENCE} ` });
  t.equal(status, 200);
  t.match(body, {
    parameters: {
      difficulty: 'beginner',
      energy_level: 'low',
      style: 'romantic',
      confidence: 0.6,
      specific_moves: null,
      special_requirements: ['smooth transitions'],
    },
    confidence: 0.6,
    query: SENTENCE,
  });
  const unclear = await post(url, { query: 'qwrtz plmkn bvcxy hgfds' });
  t.equal(unclear.status, 400);
  t.equal(unclear.body.error, 'Could not understand your query. Please try rephrasing.');
  t.equal(unclear.body.suggestions.length, 3);
  t.strictSame((await post(url, { query: 'short' })).body, {
    query: ['Query must be at least 10 characters.'],
  });
});

t.test('what a sentence can wish, a form can send', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const wishes = {
    moves: [
      { move: 'basic', place: 'opening' },
      { move: 'turn', times: 2, exactly: true },
      { move: 'move-33', place: 'ending' },
    ],
    refused: ['dips', 'move-03'],
    part: 'chorus',
  };
  const asked = { song_id: 1, difficulty: 'intermediate', wishes, special_requirements: ['no shadows'] };
  const { status, body } = await post(FROM_SONG, asked);
  t.equal(status, 202);
  t.strictSame(body.open_wishes, undefined);
  const { blueprint } = await theBlueprint(database, body.task_id);
  const labels = blueprint.moves.map(({ move_label: label }) => label);
  t.equal(labels[0], 'basic');
  t.equal(blueprint.moves.at(-1)?.move_id, 'move-33');
  t.equal(labels.filter((label) => label === 'turn').length, 2);
  t.notOk(labels.some((label) => label === 'dip' || label === 'shadow'));
  t.match(blueprint, {
    // The chorus is from 41 to 65 s; a second of sound follows it.
    total_duration: 25,
    output_config: { song_start: 41 },
    generation_parameters: {
      special_requirements: ['no shadows'],
      wishes: { ...wishes, refused: ['dips', 'move-03', 'shadow'], part_number: 1 },
    },
  });
  t.equal(blueprint.moves[0]?.start_time, 0);

  const wrong = await post(FROM_SONG, {
    ...asked,
    tempo: 'allegro',
    wishes: { moves: [{ times: 99, place: 'middle' }], part_number: 0, length_sec: 1, refused: 'dips' },
  });
  t.strictSame(wrong, {
    status: 400,
    body: {
      tempo: ['"allegro" is not a valid choice.'],
      wishes: {
        moves: {
          0: {
            move: ['This field is required.'],
            times: ['Ensure this value is less than or equal to 50.'],
            place: ['"middle" is not a valid choice.'],
          },
        },
        part_number: ['"0" is not a valid choice.'],
        length_sec: ['Ensure this value is greater than or equal to 5.'],
        refused: ['Expected a list of items but got type "str".'],
      },
    },
  });
});

t.test('what was understood can be corrected, and what is danced is the correction', async (t) => {
  // A model that sees a refusal where rules see a wish.
  const answerJson = async () => ({ style: 'romantic', refused_moves: ['turn'] });
  const { database, post } = await makeScene(t, { language: { answerJson } });
  await addPlanningCatalogue(database);
  const query = 'my partner feels ill of turns: a romantic dance, 20 seconds, ending with a body wave';
  const shown = (await post('/api/choreography/parse-query/', { query })).body.parameters;
  t.strictSame(shown.wishes, {
    moves: [{ move: 'body_wave', place: 'ending' }],
    refused: ['turn'],
    length_sec: 20,
  });
  const danced = async (parameters?: object) => {
    const { status, body } = await post(WITH_AI, { query, ...(parameters && { parameters }) });
    t.equal(status, 202);
    const { blueprint } = await theBlueprint(database, body.task_id);
    return { body, blueprint, labels: blueprint.moves.map(({ move_label: label }) => label) };
  };
  const first = await danced();
  t.strictSame(first.blueprint.generation_parameters?.wishes, shown.wishes);
  t.notOk(first.labels.includes('turn'));
  t.equal(first.labels.at(-1), 'body_wave');
  const revised = await post(`/api/choreography/tasks/${first.body.task_id}/revise/`, {
    edits: first.labels.map((_, index) => ({ action: 'another', index })),
  });
  const after = (await theBlueprint(database, revised.body.task_id)).blueprint;
  t.notOk(
    after.moves.some(({ move_label: label }) => label === 'turn'),
    'a revision refuses what was refused, though its sentence alone does not say so',
  );
  t.equal(after.total_duration, first.blueprint.total_duration);

  const mended = await danced({
    ...shown,
    style: 'sensual',
    difficulty: 'advanced',
    wishes: { refused: ['dip'], moves: [{ move: 'turn', place: 'opening' }] },
  });
  t.match(mended.body.parsed_parameters, { style: 'sensual', difficulty: 'advanced' });
  t.equal(mended.labels[0], 'turn');
  t.notOk(mended.labels.includes('dip'));
  t.equal(mended.blueprint.total_duration, 66, 'all of the song');
  const listed = await danced({ ...shown, specific_moves: ['dip'] });
  t.ok(listed.labels.includes('dip'));
  t.not(listed.labels.at(-1), 'body_wave', 'it was taken off the list');

  const crowded =
    'an inside spin, body wave, hip roll, head roll, dip, lift, basic, side step, footwork, cross body lead, hammerlock, shadow, sombrero and enchufla';
  const said = (await post('/api/choreography/parse-query/', { query: crowded })).body.parameters;
  t.match(said.wishes.moves[0], { move: 'spin', direction: 'inside' });
  t.equal(said.wishes.moves.length, 12);
  const back = await post(WITH_AI, { query: crowded, parameters: said });
  t.equal(back.status, 202, 'all that is answered is taken back');
  const kept = (await theBlueprint(database, back.body.task_id)).blueprint.generation_parameters;
  t.strictSame(kept?.wishes, said.wishes);
});

t.test(
  '"shorter than last time" is never shorter than a dance may be, and keeps what was refused',
  async (t) => {
    const { database, post } = await makeScene(t);
    await addPlanningCatalogue(database);
    const wishes = { refused: ['dip'], eights: 1 };
    const first = await post(FROM_SONG, { song_id: 1, difficulty: 'beginner', wishes });
    t.ok((await theBlueprint(database, first.body.task_id)).blueprint.total_duration < 10);
    const query = 'same as last time but shorter';
    const shown = await post('/api/choreography/parse-query/', { query });
    t.strictSame(shown.body.parameters.wishes, { refused: ['dip'], length_sec: 5 });
    const again = await post(WITH_AI, { query, parameters: shown.body.parameters });
    t.equal(again.status, 202, 'taken as it was shown');
  },
);

t.test('"the same as last time, but harder" goes by the last dance of whoever says it', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const query = 'same as last time but harder';
  const none = await post(WITH_AI, { query });
  t.equal(none.status, 202);
  t.strictSame(none.body.open_wishes, [
    { wish: 'the same as last time', reason: 'there is no earlier choreography of yours' },
  ]);
  await database.pool.query('delete from choreography_tasks');
  const wishes = { refused: ['dip'], part: 'chorus' };
  await post(FROM_SONG, {
    song_id: 2,
    difficulty: 'beginner',
    energy_level: 'low',
    style: 'sensual',
    wishes,
  });
  const again = await post(WITH_AI, { query });
  t.match(again.body, {
    song: { id: 2 },
    parsed_parameters: { difficulty: 'intermediate', energy_level: 'low', style: 'sensual' },
    open_wishes: undefined,
  });
  const { blueprint } = await theBlueprint(database, again.body.task_id);
  t.equal(blueprint.total_duration, 25);
  t.notOk(blueprint.moves.some(({ move_label: label }) => label === 'dip'));
  const shown = await post('/api/choreography/parse-query/', {
    query: 'lo mismo que la última vez, pero romántico',
  });
  t.match(shown.body.parameters, {
    difficulty: 'intermediate',
    style: 'romantic',
    wishes: { refused: ['dip'] },
  });
  await post(FROM_SONG, {
    song_id: 2,
    difficulty: 'beginner',
    special_requirements: ['no dips'],
    wishes: { refused: ['dips', 'vueltas'] },
  });
  for (const but of ['pero con caídas', 'but with dips']) {
    const allowed = await post('/api/choreography/parse-query/', { query: `same as last time, ${but}` });
    t.strictSame(allowed.body.parameters.wishes, { moves: [{ move: 'dip' }], refused: ['vueltas'] }, but);
    t.strictSame(allowed.body.parameters.special_requirements, [], but);
  }
});

t.test('"at most so many" is shown, taken back and kept as that, and is no wish for more', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const query = 'a romantic dance, at most two turns, two or three dips, 20 seconds';
  const { parameters } = (await post('/api/choreography/parse-query/', { query })).body;
  t.strictSame(parameters.wishes, {
    moves: [
      { move: 'turn', most: 2 },
      { move: 'dip', times: 2, most: 3 },
    ],
    length_sec: 20,
  });
  t.strictSame(parameters.specific_moves, ['dip']);
  const { body } = await post(WITH_AI, { query, parameters });
  const { blueprint } = await theBlueprint(database, body.task_id);
  t.strictSame(blueprint.generation_parameters?.wishes, parameters.wishes);
  const ofLabel = (label: string) => blueprint.moves.filter((move) => move.move_label === label).length;
  t.ok(ofLabel('turn') <= 2, `${ofLabel('turn')} turns`);
});

t.test('a style that no move has is told to whoever asked for it', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  await database.pool.query("update move_embeddings set style = 'playful'");
  const reason = 'the library has no such move';
  const told = async (url: string, body: object) => (await post(url, body)).body.open_wishes;
  const form = { song_id: 1, difficulty: 'beginner' };
  t.strictSame(await told(FROM_SONG, { ...form, style: 'sensual' }), [{ wish: 'sensual style', reason }]);
  t.strictSame(await told(FROM_SONG, form), undefined, "a default is nobody's wish");
  t.strictSame(await told(FROM_SONG, { ...form, style: 'playful' }), undefined);
  t.strictSame(await told(WITH_AI, { query: 'a sensual bachata' }), [{ wish: 'sensual style', reason }]);
  t.strictSame(await told(WITH_AI, { query: 'a bachata with a song' }), undefined);
  const { parameters } = (await post('/api/choreography/parse-query/', { query: 'a bachata with a song' }))
    .body;
  t.strictSame(await told(WITH_AI, { query: 'a bachata with a song', parameters }), undefined);
});
