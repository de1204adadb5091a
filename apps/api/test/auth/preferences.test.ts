import { findTask, findUserById } from '@bachata-buddy/database';
import t from 'tap';
import { addUser } from '../catalogue.ts';
import { FROM_SONG, makeScene, SENTENCE, theBlueprint, WISH, WITH_AI } from '../generate/generation-scene.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

const URL = '/api/auth/preferences/';
const DEFAULTS = {
  auto_save_choreographies: false,
  default_difficulty: 'intermediate',
  email_notifications: false,
};

t.test('preferences begin with their defaults and change one by one', async (t) => {
  const { app, database } = await makeTestApp(t);
  const maria = await addUser(database, 'maria');
  const asMaria = actAs(app, maria);
  const get = async (url = URL) => (await asMaria({ url })).json();
  const put = async (payload: object, url = URL) => {
    const answer = await asMaria({ method: 'PUT', url, payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  t.strictSame(await get(), DEFAULTS);
  t.strictSame(await put({}), { status: 200, body: DEFAULTS });
  await asMaria({ method: 'PUT', url: '/api/auth/me/', payload: { preferences: { theme: 'dark' } } });
  const advanced = { ...DEFAULTS, default_difficulty: 'advanced' };
  t.strictSame(await put({ default_difficulty: 'advanced', unknown: 1 }), { status: 200, body: advanced });
  const saving = { ...advanced, auto_save_choreographies: true };
  t.strictSame(await put({ auto_save_choreographies: 'yes' }, '/api/auth/preferences'), {
    status: 200,
    body: saving,
  });
  t.strictSame(await get('/api/auth/preferences'), saving);
  t.strictSame((await findUserById(database, maria.id))?.preferences, {
    theme: 'dark',
    default_difficulty: 'advanced',
    auto_save_choreographies: true,
  });

  const invalid = (body: object) => ({ status: 400, body });
  t.strictSame(
    await put({ default_difficulty: 'expert', email_notifications: 'perhaps' }),
    invalid({
      default_difficulty: ['"expert" is not a valid choice.'],
      email_notifications: ['Must be a valid boolean.'],
    }),
  );
  t.strictSame(
    await put({ default_difficulty: null }),
    invalid({ default_difficulty: ['This field may not be null.'] }),
  );
  t.equal((await asMaria({ method: 'PATCH', url: URL, payload: {} })).statusCode, 405);
  t.equal((await app.inject({ url: URL })).statusCode, 401);
  t.strictSame(await get(), saving, 'what was refused changed nothing');
});

t.test('the preferred difficulty fills in for one that a sentence does not name', async (t) => {
  const { asMaria, database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const difficultyOf = async (query: string) => {
    const { body } = await post(WITH_AI, { query });
    t.equal((await findTask(database, body.task_id))?.difficulty, body.parsed_parameters.difficulty);
    return body.parsed_parameters.difficulty;
  };
  const silent = 'something romantic to a slow song';
  t.equal(await difficultyOf(silent), 'intermediate', 'the default of the preference');
  await asMaria({ method: 'PUT', url: URL, payload: { default_difficulty: 'advanced' } });
  t.equal(await difficultyOf(silent), 'advanced');
  t.equal(await difficultyOf(SENTENCE), 'beginner', 'what was said comes first');
});

t.test('who refuses a move for good is never given it, whatever they ask for', async (t) => {
  const { asMaria, database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const set = async (names: unknown) => {
    const answer = await asMaria({ method: 'PUT', url: URL, payload: { refused_moves: names } });
    return [answer.statusCode, answer.json()];
  };
  t.strictSame(await set(['turns', 'move-00']), [200, { ...DEFAULTS, refused_moves: ['turns', 'move-00'] }]);
  const asked = [
    [WITH_AI, { query: 'a romantic dance with lots of turns' }],
    [FROM_SONG, WISH],
    [FROM_SONG, { ...WISH, wishes: { moves: [{ move: 'turn' }] } }],
  ] as const;
  for (const [url, payload] of asked) {
    const { body } = await post(url, payload);
    const { blueprint } = await theBlueprint(database, body.task_id);
    t.notOk(
      blueprint.moves.some(({ move_label: label, move_id: id }) => label === 'turn' || id === 'move-00'),
    );
    const revised = await post(`/api/choreography/tasks/${body.task_id}/revise/`, {
      edits: blueprint.moves.map((_, index) => ({ action: 'another', index })),
    });
    const after = await theBlueprint(database, revised.body.task_id);
    t.notOk(
      after.blueprint.moves.some(({ move_label: label }) => label === 'turn'),
      'nor in a revision',
    );
  }
  t.strictSame((await set('turns'))[0], 400);
  t.strictSame(await set([1]), [400, { refused_moves: { 0: ['Not a valid string.'] } }]);
  t.strictSame(await set([]), [200, DEFAULTS]);
});
